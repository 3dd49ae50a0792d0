package org.lectern.local.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;

/** An OpenAPI document with one example of each construct that the schema walk must support. */
final class TinyDocument {

    static final LocalDate DAY = LocalDate.of(2026, 12, 1);

    private static final String TEXT = """
            {
              "openapi": "3.1.0",
              "paths": {
                "/api/v1/things/{id}": {
                  "get": {
                    "operationId": "getThing",
                    "parameters": [
                      {"name": "id", "in": "path", "required": true, "schema": {"$ref": "#/components/schemas/UUID"}}
                    ]
                  },
                  "put": {
                    "operationId": "changeThing",
                    "parameters": [
                      {"name": "id", "in": "path", "required": true, "schema": {"$ref": "#/components/schemas/UUID"}},
                      {"name": "If-Match", "in": "header", "required": true, "schema": {"type": "string"}}
                    ],
                    "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}
                  }
                },
                "/api/v1/things": {
                  "get": {
                    "operationId": "listThings",
                    "parameters": [
                      {"name": "limit", "in": "query", "required": true,
                       "schema": {"type": "integer", "minimum": 1, "maximum": 3}}
                    ],
                    "responses": {"200": {"content": {"application/json": {"schema":
                      {"$ref": "#/components/schemas/PageOfThings"}}}}}
                  },
                  "post": {
                    "operationId": "createThing",
                    "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}
                  }
                },
                "/api/v1/things/import": {
                  "post": {
                    "operationId": "importThings",
                    "requestBody": {"content": {"text/csv": {
                      "schema": {"type": "string"}, "examples": {"things": {"value": "code,name\\nT-1,One\\n"}}}}}
                  }
                }
              },
              "components": {
                "schemas": {
                  "UUID": {"type": "string", "format": "uuid"},
                  "Colour": {"type": "string", "enum": ["RED", "GREEN"]},
                  "Thing": {
                    "type": "object",
                    "required": ["code", "count", "ownerId", "colour", "shape", "start", "parts"],
                    "properties": {
                      "code": {"type": "string"},
                      "count": {"type": "integer", "minimum": 5, "maximum": 7},
                      "ownerId": {"$ref": "#/components/schemas/UUID"},
                      "colour": {"$ref": "#/components/schemas/Colour", "description": "beside a reference"},
                      "shape": {
                        "oneOf": [{"$ref": "#/components/schemas/Circle"}],
                        "discriminator": {"propertyName": "type", "mapping": {"circle": "#/components/schemas/Circle"}}
                      },
                      "start": {"type": "string", "examples": ["2026-12-01T14:00:00+08:00"]},
                      "parts": {"type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "string"}},
                      "note": {"type": "string"}
                    }
                  },
                  "Circle": {"type": "object", "required": ["radius"],
                    "properties": {"radius": {"type": "integer", "minimum": 1, "maximum": 2}}},
                  "PageOfThings": {"type": "object", "properties": {"items": {"type": "array", "items": {}}}}
                }
              }
            }
            """;

    private TinyDocument() {}

    static ApiDocument document() {
        try {
            return new ApiDocument("tiny", new ObjectMapper().readTree(TEXT));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static KnownIds ids() {
        KnownIds ids = new KnownIds();
        ids.add("things", "11111111-1111-4111-8111-111111111111");
        ids.add("owners", "22222222-2222-4222-8222-222222222222");
        return ids;
    }

    static RequestGenerator generator(long seed) {
        return new RequestGenerator(seed, document(), ids(), DAY);
    }

    static Operation operation(String id) {
        return document().operations().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
