/**
 * The REST API: routes, their rights, and the JSON they speak. Handlers read a {@link
 * io.spindle.mgmt.view.View} and write through a {@link io.spindle.mgmt.control.ControlPort};
 * nothing here can touch the trading loop otherwise.
 */
package io.spindle.mgmt.api;
