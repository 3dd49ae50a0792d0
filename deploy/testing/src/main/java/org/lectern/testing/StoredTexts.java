package org.lectern.testing;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;

/** Searches everything that a database holds, whatever the type of the column. */
public final class StoredTexts {

    private StoredTexts() {}

    /** The tables with a row that contains the text, in either case, in texts, JSON, arrays or bytes. */
    public static List<String> tablesWith(DataSource database, String text) throws SQLException {
        List<String> found = new ArrayList<>();
        String hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
        try (Connection connection = database.getConnection()) {
            for (String table : tables(connection)) {
                try (PreparedStatement search = connection.prepareStatement(
                        "SELECT EXISTS (SELECT FROM " + table
                                + " t WHERE position(? IN lower(cast(t AS text))) > 0 OR position(? IN lower(cast(t AS text))) > 0)")) {
                    search.setString(1, text.toLowerCase(Locale.ROOT));
                    search.setString(2, hex);
                    try (ResultSet row = search.executeQuery()) {
                        row.next();
                        if (row.getBoolean(1)) {
                            found.add(table);
                        }
                    }
                }
            }
        }
        return found;
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = connection.createStatement().executeQuery("""
                SELECT quote_ident(relname) FROM pg_class
                WHERE relkind IN ('r', 'p') AND relnamespace = cast('public' AS regnamespace) ORDER BY relname""")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }
}
