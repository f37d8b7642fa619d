"""A todo API as the documentation of Django REST framework teaches it: model serializer, view set, router.

An authentication class trusts the header that names the user, without a query. Behind gunicorn with threads and
persistent connections, as Django's documentation deploys it, with as many connections as every application has. Of the
middleware that `startproject` lists there is only what an API without sessions needs. Its tables are those of the
hand-written application, so its models are not managed.
"""
