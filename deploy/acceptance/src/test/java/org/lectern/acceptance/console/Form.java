package org.lectern.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;

/** An open dialog, or another form, by the labels that people read. */
public record Form(Locator root) {

    public Form visible() {
        assertThat(root).isVisible();
        return this;
    }

    public Locator field(String label) {
        return root.getByLabel(label, new Locator.GetByLabelOptions().setExact(true));
    }

    /** A field that may stay empty says so in its label. */
    public Locator optional(String label) {
        return root.getByLabel(Pattern.compile("^" + label + "\\s+\\(optional\\)\\s*$"));
    }

    /** Chooses an entry of a list by its code. */
    public Form pick(String label, Scene.Entry entry) {
        field(label).fill(entry.code());
        field(label).press("Tab");
        assertThat(field(label)).hasValue(entry.name() + " · " + entry.code());
        return this;
    }

    public Form fill(String label, String text) {
        field(label).fill(text);
        return this;
    }

    public Form select(String label, String option) {
        field(label).selectOption(option);
        return this;
    }

    public Locator button(String name) {
        return root.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    public Form press(String button) {
        button(button).click();
        return this;
    }

    public void expectText(String text) {
        assertThat(root).containsText(text);
    }

    /** Who will be notified, as the page says before the change. */
    public Locator audience() {
        return root.locator("section.audience");
    }

    public Form expectAudience(String text) {
        assertThat(audience()).containsText(text);
        return this;
    }

    public void expectClosed() {
        assertThat(root).hasCount(0);
    }
}
