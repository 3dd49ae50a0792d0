package org.lectern.acceptance.console;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;

/** Judges a page as it is shown: it fits its window, and is accessible in light and dark. */
public final class PageJudge {

    private static final String SIDEWAYS = """
            () => [document.scrollingElement, document.querySelector("main")]
                .map(each => each.scrollWidth - each.clientWidth).reduce((a, b) => Math.max(a, b))""";

    private PageJudge() {}

    /** @param axe whether to judge accessibility too */
    public static void judge(Seat seat, String what, boolean axe, List<String> problems) {
        Page page = seat.page();
        int sideways = ((Number) page.evaluate(SIDEWAYS)).intValue();
        if (sideways > 0) {
            problems.add(what + ": scrolls sideways by " + sideways + " px");
        }
        if (axe) {
            Axe.violations(page).forEach(each -> problems.add(what + ": " + each));
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            Axe.contrast(page).forEach(each -> problems.add(what + ", dark: " + each));
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        }
    }
}
