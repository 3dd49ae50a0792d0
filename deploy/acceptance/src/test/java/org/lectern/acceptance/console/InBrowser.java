package org.lectern.acceptance.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a {@link Console}. Without Chromium the tests are skipped and say so. After a failure the open pages
 * are in
 * {@code target/console}.
 */
final class InBrowser implements BeforeAllCallback, ParameterResolver, AfterTestExecutionCallback {

    private static final Namespace SPACE = Namespace.create(InBrowser.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        if (Chromium.executable().isEmpty()) {
            if (Chromium.isRequired()) {
                Assertions.fail(Chromium.MISSING);
            }
            Assumptions.abort(Chromium.MISSING);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Console.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Stage stage = context.getRoot().getStore(SPACE).computeIfAbsent(Stage.class, key -> start(), Stage.class);
        return context.getStore(SPACE).computeIfAbsent(Console.class, key -> new Console(stage), Console.class);
    }

    private static Stage start() {
        try {
            return Stage.start(Chromium.executable().orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        Console console = context.getStore(SPACE).get(Console.class, Console.class);
        if (console == null) {
            return;
        }
        try {
            if (context.getExecutionException().isEmpty()) {
                console.expectNoComplaints();
            }
        } finally {
            if (context.getExecutionException().isPresent() || console.hasComplaints()) {
                String name = context.getRequiredTestClass().getSimpleName() + "." + context.getDisplayName();
                console.photograph(Path.of("target", "console"), name.replaceAll("[^A-Za-z0-9._-]+", "-"));
            }
        }
    }
}
