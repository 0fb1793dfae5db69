package io.spindle.tuning.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;

import io.spindle.affinity.CpuSet;
import io.spindle.tuning.machine.Machine;

import java.io.IOException;

/** A machine as JSON; CPU sets in the kernel's list form. */
public final class MachineJson {
    private static final ObjectMapper MAPPER =
            new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .registerModule(
                            new SimpleModule().addSerializer(CpuSet.class, new CpuSetText()));

    private MachineJson() {}

    public static String of(final Machine machine) throws JsonProcessingException {
        return MAPPER.writeValueAsString(machine);
    }

    private static final class CpuSetText extends JsonSerializer<CpuSet> {
        @Override
        public void serialize(
                final CpuSet cpus, final JsonGenerator json, final SerializerProvider provider)
                throws IOException {
            json.writeString(cpus.toString());
        }
    }
}
