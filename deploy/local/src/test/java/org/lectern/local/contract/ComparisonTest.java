package org.lectern.local.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One change of a document at a time: the comparison reports that change and no other. */
class ComparisonTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String DOCUMENT = """
            {"openapi": "3.1.0", "info": {"title": "Things", "version": "1"},
             "security": [{"bearer": []}],
             "paths": {
              "/things": {
               "get": {
                "operationId": "listThings",
                "parameters": [
                 {"name": "q", "in": "query", "schema": {"type": "string", "minLength": 2}},
                 {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50}},
                 {"name": "kind", "in": "query", "schema": {"$ref": "#/components/schemas/Kind"}},
                 {"name": "X-Trace", "in": "header", "schema": {"type": "string"}}],
                "responses": {
                 "200": {"description": "OK", "headers": {"ETag": {"schema": {"type": "string"}}},
                  "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Page"}},
                              "text/csv": {"schema": {"type": "string"}}}},
                 "404": {"description": "None"}}},
               "post": {
                "operationId": "addThing",
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/NewThing"}}}},
                "responses": {"201": {"description": "Added"}}}},
              "/things/{id}": {
               "get": {
                "operationId": "getThing", "security": [],
                "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
                "responses": {"200": {"description": "OK", "content": {"application/json": {
                 "schema": {"$ref": "#/components/schemas/Thing"}}}}}}}},
             "webhooks": {"thing": {"post": {
              "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Sent"}}}}}}},
             "components": {
              "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}, "key": {"type": "apiKey"}},
              "schemas": {
               "Kind": {"type": "string", "enum": ["A", "B"]},
               "State": {"type": "string", "enum": ["NEW", "OLD"]},
               "Page": {"type": "object", "properties": {
                "items": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}}},
               "Thing": {"type": "object", "required": ["id"], "properties": {
                "id": {"type": "string", "format": "uuid"},
                "size": {"type": "integer", "minimum": 0},
                "state": {"$ref": "#/components/schemas/State"},
                "parent": {"anyOf": [{"$ref": "#/components/schemas/Thing"}, {"type": "null"}]},
                "owner": {"$ref": "#/components/schemas/Owner"}}},
               "Owner": {"type": "object", "properties": {"name": {"type": "string"}}},
               "Sent": {"type": "object", "properties": {"id": {"type": "string"}}},
               "NewThing": {"type": "object", "required": ["name"], "additionalProperties": {"type": "string"}, "properties": {
                "name": {"type": "string", "maxLength": 100, "pattern": "[a-z]+"},
                "size": {"type": ["number", "null"]},
                "from": {"type": "string"},
                "tags": {"type": "array", "maxItems": 5, "items": {"type": "string", "minLength": 1}},
                "kind": {"$ref": "#/components/schemas/Kind"},
                "place": {"oneOf": [{"type": "string"}, {"type": "integer"}]}}}}}}""";

    private static final String LIST = "/paths/~1things/get";
    private static final String NEW = "/components/schemas/NewThing";
    private static final String THING = "/components/schemas/Thing";

    private static JsonNode document() throws JsonProcessingException {
        return JSON.readTree(DOCUMENT);
    }

    private static void put(JsonNode document, String pointer, String value) throws JsonProcessingException {
        JsonPointer place = JsonPointer.compile(pointer);
        JsonNode holder = document.at(place.head());
        JsonNode node = JSON.readTree(value);
        if (holder instanceof ArrayNode array) {
            if (place.last().getMatchingIndex() < array.size()) {
                array.set(place.last().getMatchingIndex(), node);
            } else {
                array.add(node);
            }
        } else {
            ((ObjectNode) holder).set(place.last().getMatchingProperty(), node);
        }
    }

    private static void remove(JsonNode document, String pointer) {
        JsonPointer place = JsonPointer.compile(pointer);
        JsonNode holder = document.at(place.head());
        if (holder instanceof ArrayNode array) {
            array.remove(place.last().getMatchingIndex());
        } else {
            ((ObjectNode) holder).remove(place.last().getMatchingProperty());
        }
    }

    private static String changes(JsonNode before, JsonNode after) {
        return String.join(
                "; ",
                Comparison.of(before, after).stream().map(Object::toString).toList());
    }

    @Test
    void sameDocument_hasNoChanges() throws JsonProcessingException {
        assertEquals(List.of(), Comparison.of(document(), document()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /paths/~1things~1{id}                 | BREAKING GET /things/{}: operation removed
            /paths/~1things/post                  | BREAKING POST /things: operation removed
            @LIST/parameters/0                    | BREAKING GET /things, query parameter q: removed
            @LIST/parameters/3                    | WARNING  GET /things, header parameter x-trace: removed
            @LIST/responses/200                   | BREAKING GET /things, response 200: removed
            @LIST/responses/404                   | WARNING  GET /things, response 404: removed
            @LIST/responses/200/headers/ETag      | BREAKING GET /things, response 200, header ETag: removed
            @LIST/responses/200/content/text~1csv | BREAKING GET /things, response 200 text/csv: removed
            @THING/properties/size                | BREAKING Thing in responses/size: property removed
            @THING/required                       | BREAKING Thing in responses/id: may be missing now
            @THING/properties/size/minimum        | WARNING  Thing in responses/size: minimum removed
            @THING/properties/id/format           | WARNING  Thing in responses/id: format removed
            @NEW/properties/from                  | BREAKING NewThing in requests/from: property removed
            @NEW/properties/size/type/1           | BREAKING NewThing in requests/size: type null removed
            @NEW/properties/place/oneOf/1         | BREAKING NewThing in requests/place: alternative integer removed
            /components/schemas/Kind/enum/1       | BREAKING Kind in requests: enum value "B" removed
            /webhooks/thing                       | BREAKING webhook thing post: removed
            """)
    void removal_isReported(String pointer, String expected) throws JsonProcessingException {
        JsonNode after = document();
        remove(after, place(pointer));

        assertEquals(expected, changes(document(), after));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            @LIST/parameters/0/required             | true      | BREAKING GET /things, query parameter q: required now
            @LIST/parameters/4 | {"name":"n","in":"query","required":true,"schema":{}} | BREAKING GET /things, query parameter n: new and required
            @LIST/parameters/0/schema/minLength     | 3         | BREAKING GET /things, query parameter q: minLength changed from 2 to 3
            @LIST/parameters/0/schema/maxLength     | 9         | BREAKING GET /things, query parameter q: maxLength 9 added
            @LIST/parameters/0/schema/pattern       | "x"       | BREAKING GET /things, query parameter q: pattern added
            @LIST/parameters/0/schema/enum          | ["x"]     | BREAKING GET /things, query parameter q: enum added
            @LIST/parameters/1/schema/maximum       | 100       | BREAKING GET /things, query parameter limit: maximum changed from 200 to 100
            @LIST/parameters/1/schema/default       | 20        | WARNING  GET /things, query parameter limit: default changed
            @LIST/parameters/1/explode              | false     | BREAKING GET /things, query parameter limit: written in another way now
            @LIST/parameters/1/schema/type          | "boolean" | BREAKING GET /things, query parameter limit: type integer removed
            @LIST/security                          | [{"key":[]}] | BREAKING GET /things: asks for another authentication now
            @LIST/security                          | []        | WARNING  GET /things: no longer asks for authentication
            @LIST/operationId                       | "list"    | WARNING  GET /things: operationId changed, which generated clients are named by
            @LIST/responses/202                     | {}        | WARNING  GET /things, response 202: new
            /paths/~1things~1{id}/get/security      | [{"bearer":[]}] | BREAKING GET /things/{}: asks for authentication now
            /paths/~1things~1{id}/get/parameters/0/schema/format | "uuid" | BREAKING GET /things/{}, path parameter 1: format added
            /paths/~1things/post/requestBody/required | true    | BREAKING POST /things, request: a body is required now
            /components/securitySchemes/bearer/scheme | "basic" | BREAKING security scheme bearer: scheme changed
            @NEW/required                           | ["name","from"] | BREAKING NewThing in requests/from: required now
            @NEW/properties/name/maxLength          | 50        | BREAKING NewThing in requests/name: maxLength changed from 100 to 50
            @NEW/properties/name/pattern            | "[a-c]+"  | BREAKING NewThing in requests/name: pattern changed from [a-z]+ to [a-c]+
            @NEW/properties/size/type               | ["integer","null"] | BREAKING NewThing in requests/size: type number removed
            @NEW/properties/tags/items/minLength    | 2         | BREAKING NewThing in requests/tags/*: minLength changed from 1 to 2
            @NEW/properties/tags/maxItems           | 4         | BREAKING NewThing in requests/tags: maxItems changed from 5 to 4
            @NEW/additionalProperties               | false     | BREAKING NewThing in requests: additionalProperties narrowed
            @NEW/not                                | {}        | WARNING  NewThing in requests: not changed, which is not compared: review it
            @THING/properties/size/type             | "number"  | BREAKING Thing in responses/size: type number added
            @THING/properties/size/type             | ["integer","null"] | BREAKING Thing in responses/size: type null added
            @THING/properties/owner | {"anyOf":[{"$ref":"#/components/schemas/Owner"},{"type":"null"}]} | BREAKING Thing in responses/owner: alternative null added
            /components/schemas/State/enum/2        | "GONE"    | WARNING  State in responses: enum value "GONE" added
            /components/schemas/Sent/properties     | {}        | BREAKING Sent in responses/id: property removed
            """)
    void replacement_isReported(String pointer, String value, String expected) throws JsonProcessingException {
        JsonNode after = document();
        put(after, place(pointer), value);

        assertEquals(expected, changes(document(), after));
    }

    @Test
    void newRequiredProperty_breaksSenders() throws JsonProcessingException {
        JsonNode after = document();
        put(after, NEW + "/properties/place2", "{}");
        put(after, NEW + "/required/1", "\"place2\"");

        assertEquals("BREAKING NewThing in requests/place2: new and required", changes(document(), after));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /paths/~1other                       | {"get":{"responses":{}}}
            @LIST/parameters/4                   | {"name":"n","in":"query","schema":{}}
            @LIST/parameters/0/schema/minLength  | 1
            @LIST/parameters/1/schema/maximum    | 500
            @LIST/responses/409                  | {}
            @NEW/properties/more                 | {}
            @NEW/properties/size/type            | ["number","null","string"]
            @NEW/properties/place/oneOf/2        | {"type":"boolean"}
            @NEW/additionalProperties            | true
            @THING/properties/more               | {}
            @THING/required/1                    | "size"
            @THING/properties/size/minimum       | 1
            /components/schemas/Kind/enum/2      | "C"
            /components/schemas/State/enum       | ["NEW"]
            """)
    void compatibleChange_isNotReported(String pointer, String value) throws JsonProcessingException {
        JsonNode after = document();
        put(after, place(pointer), value);

        assertEquals("", changes(document(), after));
    }

    @Test
    void otherNameOfPathParameter_isNotReported() throws JsonProcessingException {
        JsonNode after = JSON.readTree(DOCUMENT.replace("/things/{id}", "/things/{thing}")
                .replace("{\"name\": \"id\", \"in\"", "{\"name\": \"thing\", \"in\""));

        assertEquals("", changes(document(), after));
    }

    private static String place(String pointer) {
        return pointer.replace("@LIST", LIST).replace("@NEW", NEW).replace("@THING", THING);
    }
}
