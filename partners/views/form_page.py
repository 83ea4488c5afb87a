from django.contrib import messages
from django.shortcuts import redirect, render, resolve_url


def form_page(request, form, *, title, back, done, lead="", to_saved=False):
    """A page with one form: invalid, or overtaken by someone else, it answers with itself and what was typed."""
    if request.method == "POST" and form.is_valid() and (saved := form.save_changes()):
        messages.success(request, done(saved) if callable(done) else done)
        return redirect(saved if to_saved else back)
    context = {"form": form, "title": title, "back": resolve_url(back), "lead": lead}
    return render(request, "partners/form_page.html", context)
