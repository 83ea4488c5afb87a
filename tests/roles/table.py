"""Who gets what, everywhere: one line for each address of the site, or more where it depends on the thing.

The columns are the page, what it is about (a name in `tests.world`, of Lakeshore if it has one), the methods it knows,
and the answer for somebody of another partner, the partner, staff, the overseer and an admin.

    200/record   GET is answered with 200, POST leads to the record (if the page knows both)
    403          the same for GET and POST
    home         leads there

HEAD is answered like GET. A method the page does not know is 405. Strangers, and people whose account was closed,
are sent to the door by every method.
"""

SHORT = {
    "account_request_login_code": "door",
    "partners:home": "home",
    "partners:held": "held",
    "checkins:home": "calls",
    "partners:record": "record",
    "partners:trash": "trash",
    "partners:import_check": "import",
    "partners:directory": "list",
    "partners:bulk_change": "bulk",
    "partners:duplicates": "duplicates",
    "partners:merged": "merged",
    "checkins:checkin": "checkin",
    "checkins:pool": "pool",
    "checkins:board": "board",
    "checkins:plan_start": "plans",
    "checkins:plan": "plan",
    "checkins:leave": "leave",
    "checkins:trips": "trips",
    "checkins:trip": "trip",
    "checkins:call": "call",
    "checkins:review": "review",
    "library:resource": "item",
    "outbox:letter": "letter",
    "outbox:list": "outbox",
    "introductions:introduction": "intro",
    "accounts:front_door": "front",
    "accounts:profile": "profile",
    "accounts:team": "team",
    "accounts:sign_in_again": "again",
    "account_confirm_login_code": "code",
    "account_confirm_password_reset_code": "reset-code",
    "account_reset_password": "reset",
    "account_login": "login",
    "account_email": "email",
    "account_set_password": "set-password",
    "admin:index": "admin",
    "admin:login": "admin-door",
}

OURS = """
# page                        thing               methods   other       partner     staff       overseer    admin
accounts:front_door           -                   GET       home        home        calls       calls       admin
accounts:profile              -                   GET+POST  200/profile 200/profile 200/profile 200/profile 200/profile
accounts:theme                -                   POST      profile     profile     profile     profile     profile
accounts:sign_in_again        -                   GET+POST  200/door    200/door    200/door    200/door    200/door
accounts:team                 -                   GET       403         403         403         200         200
accounts:invite               -                   GET+POST  403         403         403         200/team    200/team
accounts:change_role          ben                 POST      403         403         403         team        team
accounts:change_role          ada                 POST      403         403         403         403         403
accounts:change_role          user                POST      403         403         403         404         404
accounts:deactivate           ben                 POST      403         403         403         team        team
accounts:deactivate           ada                 POST      403         403         403         403         403
accounts:deactivate           olu                 POST      403         403         403         403         team
accounts:reactivate           zoe                 POST      403         403         403         team        team
partners:home                 -                   GET       200         200         403         403         403
partners:edit_details         -                   GET+POST  200/200     200/home    403         403         403
partners:correct_organization -                   GET+POST  200/200     200/home    403         403         403
partners:held                 -                   GET       200         200         403         403         403
partners:held_download        -                   GET       200         200         403         403         403
partners:ask_erasure          -                   POST      held        held        403         403         403
partners:withdraw_mine        own_challenge       POST      404         held        403         403         403
partners:withdraw_mine        strength            POST      404         404         403         403         403
partners:person_held          colleague           GET       403         403         200         200         200
partners:person_download      colleague           GET       403         403         200         200         200
partners:erase                colleague           GET+POST  403         403         403         200/record  200/record
partners:find                 -                   GET       200         200         200         200         200
partners:name_successor       -                   GET+POST  200/200     200/home    403         403         403
partners:directory            -                   GET       200         200         200         200         200
partners:add                  -                   GET+POST  403         403         200/record  200/record  200/record
partners:import_start         -                   GET+POST  403         403         200/200     200/200     200/200
partners:import_check         run                 GET+POST  403         403         200/import  200/import  200/import
partners:import_check         done_run            GET+POST  403         403         200/200     200/200     200/200
partners:import_confirm       run                 POST      403         403         import      import      import
partners:import_rejected      run                 GET       403         403         200         200         200
partners:import_undo          done_run            POST      403         403         import      import      import
partners:import_undo          run                 POST      403         403         import      import      import
partners:export               -                   GET       403         403         200         200         200
partners:choose_columns       -                   POST      403         403         list        list        list
partners:save_view            -                   GET+POST  403         403         200/list    200/list    200/list
partners:edit_view            view                GET+POST  403         403         200/list    404         404
partners:edit_view            shared_view         GET+POST  403         403         200/list    404         404
partners:keep_filters         view                POST      403         403         list        404         404
partners:delete_view          shared_view         POST      403         403         list        404         404
partners:restore_view         deleted_view        POST      403         403         list        404         404
partners:change_many          -                   POST      403         403         bulk        bulk        bulk
partners:bulk_change          bulk                GET       403         403         200         200         200
partners:undo_many            bulk                POST      403         403         bulk        bulk        bulk
partners:duplicates           -                   GET       403         403         200         200         200
partners:tell_apart           -                   POST      403         403         duplicates  duplicates  duplicates
partners:ask_again            apart               POST      403         403         duplicates  duplicates  duplicates
partners:merged               merge               GET       403         403         200         200         200
partners:undo_merge           merge               POST      403         403         merged      merged      merged
partners:take_back            succession          POST      home        404         record      record      record
partners:move_person          colleague           GET+POST  403         403         200/200     200/200     200/200
partners:merge                organization        GET+POST  403         403         200/200     200/200     200/200
partners:merge_person         colleague           GET+POST  403         403         200/200     200/200     200/200
partners:record               organization        GET       200         200         200         200         200
partners:record               prospect            GET       404         404         200         200         200
partners:record               alumnus             GET       404         404         200         200         200
partners:brief                organization        GET       403         403         200         200         200
partners:changes              -                   GET       403         403         403         200         200
partners:readings             -                   GET       403         403         403         200         200
partners:trash                -                   GET       403         403         200         200         200
partners:restore_deleted      thrown_away         POST      403         403         trash       trash       trash
partners:timeline             organization        GET       403         403         200         200         200
partners:edit                 organization        GET+POST  403         403         200/record  200/record  200/record
partners:add_touchpoint       organization        GET+POST  403         403         200/record  200/record  200/record
partners:hand_over            organization        GET+POST  403         403         200/record  200/record  200/record
partners:add_person           organization        GET+POST  403         403         200/record  200/record  200/record
partners:edit_person          colleague           GET+POST  403         403         200/record  200/record  200/record
partners:mark_left            colleague           POST      403         403         record      record      record
partners:invite_person        colleague           POST      403         403         record      record      record
partners:add_sentence         strength            GET+POST  403         200/home    200/record  200/record  200/record
partners:add_sentence         challenge           GET+POST  403         200/home    200/record  200/record  200/record
partners:edit_sentence        strength            GET+POST  403         200/home    200/record  200/record  200/record
partners:edit_sentence        challenge           GET+POST  403         200/home    200/record  200/record  200/record
partners:edit_sentence        secret_strength     GET+POST  404         404         200/record  200/record  200/record
partners:edit_sentence        own_challenge       GET+POST  404         200/home    200/record  200/record  200/record
partners:withdraw_sentence    strength            POST      403         home        record      record      record
partners:withdraw_sentence    secret_challenge    POST      404         404         record      record      record
partners:restore_sentence     withdrawn_strength  POST      403         home        record      record      record
checkins:home                 -                   GET       403         403         200         200         200
checkins:list                 -                   GET       403         403         200         200         200
checkins:pool                 -                   GET       403         403         200         200         200
checkins:board                -                   GET       403         403         403         200         200
checkins:board_print          -                   GET       403         403         403         200         200
checkins:assign               -                   POST      403         403         403         board       board
checkins:unassign             assigned            POST      403         403         403         board       board
checkins:plan_start           -                   GET+POST  403         403         403         200/plans   200/plans
checkins:plan_suggest         -                   POST      403         403         403         plan        plan
checkins:plan                 plan                GET       403         403         403         200         200
checkins:plan                 waiting_plan        GET       403         403         403         200         200
checkins:plan                 assigned            GET       403         403         403         404         404
checkins:plan_apply           plan                POST      403         403         403         plan        plan
checkins:plan_undo            applied_plan        POST      403         403         403         plan        plan
checkins:plan_drop            plan                POST      403         403         403         plans       plans
checkins:leave                -                   GET+POST  403         403         200/leave   200/leave   200/leave
checkins:leave_remove         leave               POST      403         403         leave       leave       leave
checkins:leave_remove         bens_leave          POST      403         403         404         leave       leave
checkins:calendar             -                   GET       403         403         200         200         200
checkins:trips                -                   GET+POST  403         403         200/trip    200/trip    200/trip
checkins:trip                 trip                GET+POST  403         403         200/200     200/200     200/200
checkins:edit_trip            trip                GET+POST  403         403         200/trip    404         404
checkins:delete_trip          trip                POST      403         403         trips       404         404
checkins:reserve              prospect            POST      403         403         404         404         404
checkins:reserve              organization        POST      403         403         calls       pool        pool
checkins:put_back             pending             POST      403         403         calls       calls       calls
checkins:start                organization        POST      403         403         call        call        call
checkins:log_past             organization        GET+POST  403         403         200/call    200/call    200/call
checkins:panel                organization        GET       403         403         200         200         200
checkins:checkin              owed                GET       403         403         200         200         200
checkins:call                 pending             GET+POST  403         403         200/review  200/review  200/review
checkins:call                 owed                GET+POST  403         403         checkin     checkin     checkin
checkins:draft                pending             GET+POST  403         403         200/200     200/200     200/200
checkins:draft                owed                GET+POST  403         403         200/409     200/409     200/409
checkins:suggestions          pending             GET       403         403         200         200         200
checkins:attach               owed                POST      403         403         review      review      review
checkins:review               owed                GET+POST  403         403         200/calls   200/calls   200/calls
checkins:review               pending             GET+POST  403         403         call        call        call
checkins:write                owed                POST      403         403         letter      letter      letter
checkins:reschedule           pending             GET+POST  403         403         200/calls   200/calls   200/calls
checkins:reschedule           owed                GET+POST  403         403         404         404         404
checkins:hand_over            pending             GET+POST  403         403         200/calls   200/calls   200/calls
checkins:detach               promise             POST      403         403         review      review      review
checkins:give                 promise             GET+POST  403         403         200/calls   200/calls   200/calls
checkins:landed               given               POST      404         home        checkin     checkin     checkin
checkins:landed               promise             POST      404         404         404         404         404
checkins:given                -                   GET       200         200         200         200         200
library:list                  -                   GET       200         200         200         200         200
library:add                   -                   GET+POST  403         403         200/item    200/item    200/item
library:resource              resource            GET       200         200         200         200         200
library:resource              withdrawn_resource  GET       404         404         200         200         200
library:edit                  resource            GET+POST  403         403         200/item    200/item    200/item
library:withdraw              resource            POST      403         403         item        item        item
library:restore               withdrawn_resource  POST      403         403         item        item        item
library:file                  resource            GET       200         200         200         200         200
library:file                  withdrawn_resource  GET       404         404         200         200         200
introductions:list            -                   GET       403         403         200         200         200
introductions:introduction    introduction        GET+POST  403         403         200/intro   200/intro   200/intro
outbox:list                   -                   GET       403         403         200         200         200
outbox:letter                 draft               GET       403         403         200         200         200
outbox:letter                 sent                GET       403         403         200         200         200
outbox:html                   draft               GET       403         403         200         200         200
outbox:edit                   draft               GET+POST  403         403         200/letter  200/letter  200/letter
outbox:approve                draft               POST      403         403         letter      letter      letter
outbox:take_back              approved            POST      403         403         letter      letter      letter
outbox:test                   draft               POST      403         403         letter      letter      letter
outbox:discard                draft               GET+POST  403         403         200/outbox  200/outbox  200/outbox
outbox:retry                  failed              POST      403         403         letter      letter      letter
outbox:arrived                doubtful            POST      403         403         letter      letter      letter
summits:next                  -                   GET       200         200         200         200         200
"""

# What allauth brings: for everybody who is signed in alike, and pages that strangers may open (the first column).
# Its views are classes: PUT is POST without a body, OPTIONS names the methods.
ALLAUTH = """
# page                               stranger           signed in
account_login                        200/200            front
account_logout                       front              200/front
account_inactive                     200/405            200/405
account_signup                       200/200            front
account_reauthenticate               door               again
account_email                        door               200/again
account_email_verification_sent      login              email
account_change_password              door               set-password
account_set_password                 door               again
account_reset_password               200/reset-code     200/reset-code
account_confirm_login_code           door               front
account_confirm_password_reset_code  login              login
account_complete_password_reset      reset              reset
account_password_reset_completed     200/405            200/405
account_request_login_code           200/code           front
mfa_index                            door               200/405
mfa_authenticate                     login              front
mfa_reauthenticate                   door               again
mfa_activate_totp                    door               again
mfa_deactivate_totp                  door               404
mfa_view_recovery_codes              door               404/405
mfa_generate_recovery_codes          door               again
mfa_download_recovery_codes          door               404
mfa_list_webauthn                    door               200/405
mfa_add_webauthn                     door               again
mfa_reauthenticate_webauthn          door               again
mfa_remove_webauthn                  door               again
mfa_edit_webauthn                    door               again
mfa_login_webauthn                   login              front
"""


def lines(table):
    """The rows of a table, each as a list of its cells."""
    return [line.split() for line in table.splitlines() if line and line[0] != "#"]
