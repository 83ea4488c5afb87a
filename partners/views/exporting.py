from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.rules import hub_only
from partners import actions
from partners.exporting import fields, table
from partners.forms.directory import Directory
from partners.models import Reading


@require_safe
@hub_only
def export(request):
    """The directory as a file: the partners it shows, with its columns or with everything we have about them."""
    directory = Directory(request.user, request.GET)
    keys = [key for column in directory.columns for key in column.fields]
    chosen = fields.fields(None if request.GET.get("all") else keys)
    records = fields.records(directory.filters.matching(), chosen)
    actions.read(*directory.filters.matching().only("pk"), what=Reading.What.EXPORT, by=request.user)
    name = f"partners-{timezone.localdate()}"
    if request.GET.get("format") == "xlsx":
        from partners.exporting import workbook  # noqa: PLC0415 -- slow import

        return FileResponse(workbook.as_xlsx(records), as_attachment=True, filename=f"{name}.xlsx")
    answer = StreamingHttpResponse(table.as_csv(records), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
