/** What the codecs of the order-entry and market-data protocols share. Hot. */
package io.spindle.codec;
