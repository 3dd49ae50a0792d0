package org.lectern.scheduler.csv;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Numbers as people type them and spreadsheets write them. In a file with semicolons between the cells a comma is the
 * decimal mark, as in spreadsheets of many countries; in other files it groups thousands. Notations of programming
 * languages are no numbers.
 */
final class WrittenNumber {

    private static final int LONGEST = 40;
    private static final Pattern PLAIN = Pattern.compile("[+-]?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?");
    private static final Pattern GROUPED = Pattern.compile("[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\\.[0-9]+)?");

    private WrittenNumber() {}

    /** The number in a cell. */
    static Optional<BigDecimal> read(String cell, boolean decimalComma) {
        if (cell.length() > LONGEST) {
            return Optional.empty();
        }
        String text = Normalizer.normalize(cell, Normalizer.Form.NFKC)
                .replace('\u2212', '-')
                .replaceAll("(?<=[0-9])[\\p{Z}'’](?=[0-9]{3}(?![0-9]))", "");
        if (decimalComma) {
            text = text.indexOf('.') < 0 ? text.replaceFirst(",", ".") : text;
        } else if (GROUPED.matcher(text).matches()) {
            text = text.replace(",", "");
        }
        return PLAIN.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    /** The whole number in a cell; {@code 120.00} is one. */
    static Optional<Integer> whole(String cell, boolean decimalComma) {
        return read(cell, decimalComma).flatMap(number -> {
            try {
                return Optional.of(number.intValueExact());
            } catch (ArithmeticException e) {
                return Optional.empty();
            }
        });
    }
}
