/** Who may do what: keys, tokens, roles. Deny by default. */
package io.spindle.mgmt.security;
