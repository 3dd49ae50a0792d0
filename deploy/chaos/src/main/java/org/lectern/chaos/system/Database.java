package org.lectern.chaos.system;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The address of a database; read access is sufficient. */
public record Database(String jdbcUrl, String user, String password) {

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, user, password);
    }
}
