package org.lectern.acceptance.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ReducedMotion;

/** How a user looks at the console: language, size, and the zone of the own clock. */
public record Look(String locale, int width, int height, boolean phone, String zone) {

    public static final Look DESKTOP = new Look("en-GB", 1280, 800, false, "Asia/Shanghai");
    public static final Look PHONE = new Look("en-GB", 390, 844, true, "Asia/Shanghai");

    public Look in(String language) {
        return new Look(language, width, height, phone, zone);
    }

    public Look at(String otherZone) {
        return new Look(locale, width, height, phone, otherZone);
    }

    public Browser.NewContextOptions options() {
        return new Browser.NewContextOptions()
                .setLocale(locale)
                .setViewportSize(width, height)
                .setIsMobile(phone)
                .setHasTouch(phone)
                .setTimezoneId(zone)
                .setReducedMotion(ReducedMotion.REDUCE);
    }
}
