from django.urls import path

from checkins.views import board, calendar, call, home, lists, pool, promises, review, trips

app_name = "checkins"
urlpatterns = [
    path("calls/", home.home, name="home"),
    path("calls/all/", lists.call_list, name="list"),
    path("calls/board/", board.board, name="board"),
    path("calls/board/assign/", board.assign, name="assign"),
    path("calls/board/<int:pk>/undo/", board.undo, name="unassign"),
    path("calls/board/print/", board.sheets, name="board_print"),
    path("calls/calendar.ics", calendar.calls, name="calendar"),
    path("calls/pool/", pool.pool, name="pool"),
    path("calls/pool/<slug:slug>/", pool.reserve, name="reserve"),
    path("calls/share-out/", home.share_out, name="share_out"),
    path("calls/start/<slug:slug>/", call.start, name="start"),
    path("calls/past/<slug:slug>/", call.log_past, name="log_past"),
    path("calls/panel/<slug:slug>/", home.panel, name="panel"),
    path("calls/<int:pk>/", review.checkin, name="checkin"),
    path("calls/<int:pk>/live/", call.call, name="call"),
    path("calls/<int:pk>/draft/", call.draft, name="draft"),
    path("calls/<int:pk>/suggestions/", call.could_help, name="suggestions"),
    path("calls/<int:pk>/promise/", promises.attach, name="attach"),
    path("calls/<int:pk>/review/", review.review, name="review"),
    path("calls/<int:pk>/letter/", promises.write, name="write"),
    path("calls/<int:pk>/reschedule/", home.reschedule, name="reschedule"),
    path("calls/<int:pk>/put-back/", pool.put_back, name="put_back"),
    path("calls/<int:pk>/hand-over/", home.hand_over, name="hand_over"),
    path("promises/<int:pk>/remove/", promises.detach, name="detach"),
    path("promises/<int:pk>/given/", promises.give, name="give"),
    path("promises/<int:pk>/landed/", promises.landed, name="landed"),
    path("visits/", trips.trips, name="trips"),
    path("visits/<int:pk>/", trips.trip, name="trip"),
    path("visits/<int:pk>/edit/", trips.edit, name="edit_trip"),
    path("visits/<int:pk>/delete/", trips.delete, name="delete_trip"),
    path("given/", home.given, name="given"),
]
