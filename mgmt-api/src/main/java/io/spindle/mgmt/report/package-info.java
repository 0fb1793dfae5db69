/**
 * Reports: made from the database alone, in an order that is the data's own, so that the same
 * report made again is the same bytes.
 */
package io.spindle.mgmt.report;
