package org.lectern.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.lectern.local.proxy.FaultProxy;

/** The backing stack of a service with a proxy before PostgreSQL, for tests of an unresponsive database. */
public abstract class ProxiedDatabase implements QuarkusTestResourceLifecycleManager {

    private static FaultProxy proxy;

    private final QuarkusTestResourceLifecycleManager stack;

    protected ProxiedDatabase(QuarkusTestResourceLifecycleManager stack) {
        this.stack = stack;
    }

    /** The proxy between the running application and PostgreSQL. */
    public static FaultProxy proxy() {
        if (proxy == null) {
            throw new IllegalStateException("No test with this resource is running");
        }
        return proxy;
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(stack.start());
        String url = settings.get("quarkus.datasource.jdbc.url");
        URI address = URI.create(url.substring("jdbc:".length()));
        proxy = new FaultProxy("database", 0, new InetSocketAddress(address.getHost(), address.getPort()));
        settings.put("quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:" + proxy.port() + address.getPath());
        settings.put("LECTERN_DATABASE_ANSWER_SECONDS", "2");
        settings.put("quarkus.datasource.jdbc.acquisition-timeout", "2s");
        return settings;
    }

    /** After the backing stack of the other tests, because it replaces their settings. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public void stop() {
        if (proxy != null) {
            proxy.close();
        }
    }
}
