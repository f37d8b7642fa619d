# --8<-- [start:openapi_typescript]
npx openapi-typescript openapi.json --default-non-nullable=false --output api/schema.d.ts
# --8<-- [end:openapi_typescript]
# --8<-- [start:hey_api]
npx openapi-ts
# --8<-- [end:hey_api]
# --8<-- [start:orval]
npx orval
# --8<-- [end:orval]
# --8<-- [start:openapi_python_client]
openapi-python-client generate --path openapi.json --config openapi-python-client.yaml \
  --meta none --output-path todo_client --fail-on-warning
# --8<-- [end:openapi_python_client]
