package org.lectern.notification.notice;

import io.quarkus.qute.i18n.Message;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;

/** The English texts of the notices without the template engine: it fills in what each {@link Message} names. */
final class EnglishTexts {

    private EnglishTexts() {}

    static NoticeTexts texts() {
        return (NoticeTexts) Proxy.newProxyInstance(
                NoticeTexts.class.getClassLoader(), new Class<?>[] {NoticeTexts.class}, (proxy, method, arguments) -> {
                    String text = method.getAnnotation(Message.class).value();
                    Parameter[] parameters = method.getParameters();
                    for (int i = 0; i < parameters.length; i++) {
                        text = text.replace("{" + parameters[i].getName() + "}", (String) arguments[i]);
                    }
                    return text;
                });
    }
}
