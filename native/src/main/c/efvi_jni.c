#include "efvi_port.h"

#include <jni.h>

/* io.spindle.nic.EfviBindings: addresses travel as long, no Java object is touched. */

JNIEXPORT jlong JNICALL Java_io_spindle_nic_EfviBindings_open(
    JNIEnv* env, jclass type, jint interface_index, jint wanted, jint rx_frames, jint tx_frames,
    jlong memory, jlong failed_out)
{
  struct efvi_port* port;
  int rc = efvi_open(interface_index, wanted, rx_frames, tx_frames, (void*) (uintptr_t) memory,
                     &port, (const char**) (uintptr_t) failed_out);
  (void) env, (void) type;
  return rc < 0 ? rc : (jlong) (uintptr_t) port;
}

JNIEXPORT jint JNICALL Java_io_spindle_nic_EfviBindings_filter(
    JNIEnv* env, jclass type, jlong port, jint address_be, jint port_be, jint vlan)
{
  (void) env, (void) type;
  return efvi_filter((struct efvi_port*) (uintptr_t) port, (uint32_t) address_be,
                     (uint16_t) port_be, vlan);
}

JNIEXPORT void JNICALL Java_io_spindle_nic_EfviBindings_describe(JNIEnv* env, jclass type,
                                                                  jlong port, jlong facts)
{
  (void) env, (void) type;
  efvi_describe((struct efvi_port*) (uintptr_t) port, (struct efvi_facts*) (uintptr_t) facts);
}

JNIEXPORT jint JNICALL Java_io_spindle_nic_EfviBindings_poll(JNIEnv* env, jclass type, jlong port,
                                                              jlong harvest, jint limit)
{
  (void) env, (void) type;
  return efvi_poll((struct efvi_port*) (uintptr_t) port,
                   (struct efvi_harvest*) (uintptr_t) harvest, limit);
}

JNIEXPORT void JNICALL Java_io_spindle_nic_EfviBindings_release(JNIEnv* env, jclass type,
                                                                 jlong port, jlong tokens,
                                                                 jint count)
{
  (void) env, (void) type;
  efvi_release((struct efvi_port*) (uintptr_t) port, (const uint32_t*) (uintptr_t) tokens, count);
}

JNIEXPORT jint JNICALL Java_io_spindle_nic_EfviBindings_send(JNIEnv* env, jclass type, jlong port,
                                                              jlong frames, jint count)
{
  (void) env, (void) type;
  return efvi_send((struct efvi_port*) (uintptr_t) port,
                   (const struct efvi_descriptor*) (uintptr_t) frames, count);
}

JNIEXPORT void JNICALL Java_io_spindle_nic_EfviBindings_close(JNIEnv* env, jclass type, jlong port)
{
  (void) env, (void) type;
  efvi_close((struct efvi_port*) (uintptr_t) port);
}

JNIEXPORT jlong JNICALL Java_io_spindle_nic_EfviBindings_version(JNIEnv* env, jclass type)
{
  (void) env, (void) type;
  return (jlong) (uintptr_t) efvi_version();
}
