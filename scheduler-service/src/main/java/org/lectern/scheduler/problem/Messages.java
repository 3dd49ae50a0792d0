package org.lectern.scheduler.problem;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;

/** Texts in the language of the present request. */
@RequestScoped
public class Messages {

    private final HttpHeaders request;

    @Inject
    Messages(@Context HttpHeaders request) {
        this.request = request;
    }

    public String text(String key, Object... arguments) {
        return Problems.text(Language.of(request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE)), key, arguments);
    }

    /** A text in every language we speak. */
    public List<String> inEveryLanguage(String key, Object... arguments) {
        return Language.ALL.stream()
                .map(language -> Problems.text(language, key, arguments))
                .toList();
    }

    /** The language of the present request, as {@code Content-Language} says it. */
    public String language() {
        return Language.of(request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE)).toLanguageTag();
    }
}
