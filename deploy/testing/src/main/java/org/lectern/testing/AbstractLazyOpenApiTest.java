package org.lectern.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.arc.ClientProxy;
import io.quarkus.arc.Subclass;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import jakarta.inject.Inject;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.openapi.LazyOpenApi;

/** A start does not build the description of the API. */
public abstract class AbstractLazyOpenApiTest {

    @Inject
    OpenApiDocumentService descriptions;

    /** Fails if the library renames the deferred methods, or if the build ignores our extension. */
    @Test
    void lazyDescription_replacesTheService() {
        assertThat(OpenApiDocumentService.class.getDeclaredMethods())
                .extracting(Method::getName)
                .contains("prepareDocument", "getDocument");
        assertThat(ClientProxy.unwrap(descriptions)).isInstanceOf(Subclass.class);
    }

    @Test
    void lazyDescription_isMadeOnce() throws Exception {
        List<String> done = new ArrayList<>();
        var interceptor = new LazyOpenApi();

        interceptor.call(call("prepareDocument", done));
        assertThat(done).isEmpty();

        interceptor.call(call("getDocument", done));
        interceptor.call(call("getDocument", done));
        assertThat(done).containsExactly("prepareDocument", "getDocument", "getDocument");
    }

    private static InvocationContext call(String name, List<String> done) {
        return (InvocationContext) Proxy.newProxyInstance(
                AbstractLazyOpenApiTest.class.getClassLoader(),
                new Class<?>[] {InvocationContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getMethod" -> Service.class.getMethod(name);
                    case "proceed" -> done.add(name);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private interface Service {

        void prepareDocument();

        void getDocument();
    }
}
