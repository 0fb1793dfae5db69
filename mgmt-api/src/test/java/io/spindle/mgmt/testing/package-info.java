/** What tests of the management plane share: a market in memory and a way to call the API. */
package io.spindle.mgmt.testing;
