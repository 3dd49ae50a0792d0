package org.lectern.chaos.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Queries a database about the city of the run only, as other clients may use the same system. */
final class Rows {

    private final Connection connection;
    private final List<String> ids;

    /** @param ids ids of branches or other resources, the only parameter of every query */
    Rows(Connection connection, List<String> ids) {
        this.connection = connection;
        this.ids = ids;
    }

    /** Maps one row. */
    interface Reading<T> {
        T read(ResultSet row) throws SQLException, JsonProcessingException;
    }

    <T> List<T> list(String query, Reading<T> reading) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            List<T> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(reading.read(row));
                }
            }
            return found;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    long count(String query) throws SQLException {
        return list(query, row -> row.getLong(1)).getFirst();
    }
}
