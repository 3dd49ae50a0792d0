package org.lectern.notification.channel.webhook;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Adds the webhook messages to the API description: the section {@code webhooks} of OpenAPI 3.1. */
@OpenApiFilter
public class WebhookDescription implements OASFilter {

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Operation operation = OASFactory.createOperation()
                .operationId("receiveNotice")
                .summary("The request to your receiver")
                .description("Verify the signature first: HMAC-SHA256 over `webhook-id`, a full stop, "
                        + "`webhook-timestamp`, a full stop and the body as received. The key is the base64 "
                        + "content of the secret after `whsec_`. One of the signatures must match (Standard "
                        + "Webhooks 1.0.0, `v1`). Refuse timestamps that differ by more than five minutes. "
                        + "Remember ids for four days: a repeat has the same id. Answer 2xx within 15 "
                        + "seconds; 410 disables the endpoint; other answers are retried for three days. "
                        + "Answer `endpoint.verification` with `{\"challenge\": …}`.")
                .addTag("Endpoints")
                .requestBody(OASFactory.createRequestBody()
                        .required(true)
                        .content(OASFactory.createContent()
                                .addMediaType(
                                        "application/json",
                                        OASFactory.createMediaType()
                                                .schema(OASFactory.createSchema()
                                                        .ref("#/components/schemas/WebhookMessage")))))
                .responses(OASFactory.createAPIResponses()
                        .addAPIResponse(
                                "2XX",
                                OASFactory.createAPIResponse()
                                        .description("Accepted; the body of the response is ignored"))
                        .addAPIResponse(
                                "410", OASFactory.createAPIResponse().description("No further messages are wanted")));
        for (String[] header : new String[][] {
            {"webhook-id", "The same for all attempts; for a notice the id of the delivery"},
            {"webhook-timestamp", "The time of this attempt, in seconds since 1970"},
            {"webhook-signature", "`v1,` and base64; several during a rotation, separated by spaces"}
        }) {
            operation.addParameter(OASFactory.createParameter()
                    .name(header[0])
                    .in(Parameter.In.HEADER)
                    .required(true)
                    .description(header[1])
                    .schema(OASFactory.createSchema().addType(SchemaType.STRING)));
        }
        api.addWebhook("notice", OASFactory.createPathItem().POST(operation));
    }
}
