app_name = "introductions"
urlpatterns = []
