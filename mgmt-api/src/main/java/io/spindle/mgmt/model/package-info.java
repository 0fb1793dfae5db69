/**
 * Orders, trades and instruments as the management plane remembers them: immutable, with whole
 * numbers inside and decimal strings outside.
 */
package io.spindle.mgmt.model;
