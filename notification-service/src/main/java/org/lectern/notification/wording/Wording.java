package org.lectern.notification.wording;

import io.quarkus.arc.All;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.lectern.chassis.database.Sql;

/** The texts for a recipient: in its language, with the overrides of its organisation. */
@ApplicationScoped
public class Wording {

    /** From the branch upwards. UNION terminates in a cycle. */
    private static final String UPWARDS = """
            WITH RECURSIVE upwards AS (
                SELECT id, parent_id, code, 0 AS height FROM recipient WHERE id = ? AND kind = 'BRANCH'
                UNION
                SELECT b.id, b.parent_id, b.code, u.height + 1 FROM recipient b JOIN upwards u ON b.id = u.parent_id
                WHERE u.height < 50)
            SELECT code FROM upwards ORDER BY height""";

    private final List<Overridable> bundles;
    private final MessageOverrides overrides;
    private final Sql sql;

    @Inject
    Wording(@All List<Overridable> bundles, WordingConfig config, Sql sql) {
        this.bundles = List.copyOf(bundles);
        this.overrides = config.folder()
                .map(folder -> MessageOverrides.read(folder, this.bundles))
                .orElseGet(MessageOverrides::none);
        this.sql = sql;
    }

    /** Creates this bean at startup, so that invalid texts prevent the start. */
    void check(@Observes @Priority(2) StartupEvent event) {
        overrides.isEmpty();
    }

    /** The texts of that bundle for that branch; lecturers belong to no branch, so they get those for all. */
    public <T> T of(Class<T> texts, String locale, UUID branch) {
        String language = locale.startsWith("zh") ? "zh-CN" : "en";
        T ours = MessageBundles.get(texts, Localized.Literal.of(language));
        if (overrides.isEmpty()) {
            return ours;
        }
        String bundle = bundles.stream()
                .filter(each -> each.texts().equals(texts))
                .findFirst()
                .map(Overridable::name)
                .orElse("");
        List<String> codes = overrides.hasSubtrees() ? sql.list(UPWARDS, row -> row.text("code"), branch) : List.of();
        Map<String, String> theirs = overrides.of(bundle, language, codes);
        return theirs.isEmpty() ? ours : texts.cast(worded(texts, ours, theirs));
    }

    private static Object worded(Class<?> texts, Object ours, Map<String, String> theirs) {
        return Proxy.newProxyInstance(texts.getClassLoader(), new Class<?>[] {texts}, (proxy, message, arguments) -> {
            String text = theirs.get(message.getName());
            if (text != null) {
                return MessageOverrides.filled(text, message, arguments == null ? new Object[0] : arguments);
            }
            try {
                return message.invoke(ours, arguments);
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        });
    }
}
