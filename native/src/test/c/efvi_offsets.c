/* Prints every offset and size that EfviLayout.java states, one a line, in its test's order. */
#include "../../main/c/efvi_port.h"

#include <stdio.h>

#define FIELD(type, field) (int) offsetof(struct type, field)

int main(void)
{
  const int facts[] = {
      EFVI_EVENTS,
      EFVI_BUFFER_LENGTH,
      FIELD(efvi_harvest, received),
      FIELD(efvi_harvest, completed),
      FIELD(efvi_harvest, reset),
      FIELD(efvi_harvest, discarded),
      FIELD(efvi_harvest, no_descriptor),
      FIELD(efvi_harvest, transmit_errors),
      FIELD(efvi_harvest, overflows),
      FIELD(efvi_harvest, records),
      FIELD(efvi_harvest, completions),
      (int) sizeof(struct efvi_record),
      FIELD(efvi_record, frame),
      FIELD(efvi_record, stamp_ns),
      FIELD(efvi_record, token),
      FIELD(efvi_record, length),
      (int) sizeof(struct efvi_descriptor),
      FIELD(efvi_descriptor, length),
      FIELD(efvi_facts, arch),
      FIELD(efvi_facts, granted),
      FIELD(efvi_facts, rx_capacity),
      FIELD(efvi_facts, tx_capacity),
      FIELD(efvi_facts, mtu),
      FIELD(efvi_facts, mac),
      (int) sizeof(struct efvi_facts),
  };
  for( size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); ++i )
    printf("%d\n", facts[i]);
  return 0;
}
