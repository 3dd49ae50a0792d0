package org.lectern.chassis.openapi;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.util.ArrayDeque;
import java.util.Queue;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.jspecify.annotations.Nullable;

/** Loads and serializes the API description on first access. Doing so at start took a fifth of the start time. */
@Extension(name = StartExtension.NAME, value = StartExtension.VALUE)
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
public class LazyOpenApi {

    private final Queue<InvocationContext> rejected = new ArrayDeque<>();

    @AroundInvoke
    @Nullable
    public synchronized Object call(InvocationContext call) throws Exception {
        if (call.getMethod().getName().equals("prepareDocument")) {
            rejected.add(call);
            return null;
        }
        while (!rejected.isEmpty()) {
            rejected.peek().proceed();
            rejected.remove();
        }
        return call.proceed();
    }
}
