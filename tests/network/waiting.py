import time

PATIENCE = 60  # seconds: the machine may be busy with other tests


def wait_for(condition):
    """What `condition()` answers, as soon as it is something."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.1)
    raise AssertionError(f"{condition.__name__} was still untrue after {PATIENCE} seconds")
