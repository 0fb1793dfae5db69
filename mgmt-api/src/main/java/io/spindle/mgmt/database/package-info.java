/**
 * History in SQL: SQLite in the data folder, or PostgreSQL. Written behind the replica, in batches,
 * by sequence; a database that is slow, stuck or dead is felt here and nowhere else.
 */
package io.spindle.mgmt.database;
