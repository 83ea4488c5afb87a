from network.celery import app as celery_app

# @shared_task finds this app; without the import every task would call a broker on localhost.
__all__ = ["celery_app"]
