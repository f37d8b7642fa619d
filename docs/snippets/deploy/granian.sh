granian --interface asgi --factory example_app.production:create_app --host 0.0.0.0 --port 8000 --loop uvloop --workers-kill-timeout 8
