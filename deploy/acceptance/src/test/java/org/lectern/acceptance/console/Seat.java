package org.lectern.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;

/** One person at one browser. What the browser complains about fails the test. */
public final class Seat {

    private final BrowserContext context;
    private final String origin;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();

    public Seat(BrowserContext context, String origin) {
        this.context = context;
        this.origin = origin;
        context.setDefaultTimeout(Stage.PATIENCE);
        context.onPage(this::watch);
        page = context.newPage();
    }

    private void watch(Page opened) {
        opened.onConsoleMessage(this::said);
        opened.onPageError(error -> complaints.add(opened.url() + ": " + error));
        opened.onDialog(dialog -> {
            complaints.add(opened.url() + " opened a dialog of the browser: " + dialog.message());
            dialog.dismiss();
        });
        opened.onResponse(response -> {
            if (response.status() >= 400) {
                refusals.add(response.status() + " " + response.url());
            }
        });
    }

    /** Answers that are no success are part of some journeys; see {@link #refusals}. */
    private void said(ConsoleMessage message) {
        if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
            complaints.add(message.location() + ": " + message.text());
        }
    }

    public BrowserContext context() {
        return context;
    }

    public Page page() {
        return page;
    }

    public List<String> complaints() {
        return complaints;
    }

    /** Answers from 400 on. */
    public List<String> refusals() {
        return refusals;
    }

    /** Opens a page by its address and waits until its content is there. */
    public Seat open(String path) {
        page.navigate(origin + path);
        return settled();
    }

    public Seat settled() {
        assertThat(page.locator("lectern-shell main")).isVisible();
        assertThat(page.locator(".skeleton")).hasCount(0);
        return this;
    }

    public Locator heading(String name) {
        return page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    public Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    public Locator link(String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    public Locator linkWith(String part) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(part));
    }

    /** What is open beside the page. */
    public Locator beside(String name) {
        return page.getByRole(
                AriaRole.COMPLEMENTARY,
                new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    public Form dialog(String heading) {
        return new Form(page.getByRole(
                AriaRole.DIALOG, new Page.GetByRoleOptions().setName(heading).setExact(true)));
    }

    /** What was done, or not, as the page says it after a change. */
    public Locator toast(String text) {
        return page.locator(".toast", new Page.LocatorOptions().setHasText(text));
    }

    public void expectToast(String text) {
        assertThat(toast(text)).isVisible();
    }

    /** What assistive software reads out. */
    public void expectAnnounced(String text) {
        assertThat(page.locator("body > [aria-live]", new Page.LocatorOptions().setHasText(text)))
                .hasCount(1);
    }

    public void press(String key) {
        page.keyboard().press(key);
    }
}
