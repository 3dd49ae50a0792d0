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
                .summary("What your receiver gets")
                .description("""
                        Verify the signature before you believe anything: HMAC-SHA256 over `webhook-id`, a full stop,
                        `webhook-timestamp`, a full stop and the body as it came, with the bytes that the secret holds
                        in base64 after `whsec_`; one of the signatures must fit (Standard Webhooks 1.0.0, `v1`).
                        Refuse timestamps that are more than five minutes off. Remember ids for four days: a repeat
                        has the same one. Answer 2xx within 15 seconds; 410 switches the endpoint off; anything else
                        is tried again for three days. To `endpoint.verification` answer `{"challenge": …}`.""")
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
                                OASFactory.createAPIResponse().description("Taken; nothing of the answer is kept"))
                        .addAPIResponse("410", OASFactory.createAPIResponse().description("Wants nothing any more")));
        for (String[] header : new String[][] {
            {"webhook-id", "Stable over all attempts; for a notice it is the id of the delivery"},
            {"webhook-timestamp", "Of this attempt, in seconds since 1970"},
            {"webhook-signature", "`v1,` and base64; during a rotation several, with a space between"}
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
