/* The least a native function can do, called by JNI and by the linker of java.lang.foreign. */
#include <jni.h>

JNIEXPORT jlong JNICALL Java_io_spindle_perf_wire_Crossings_next(JNIEnv* environment, jclass type,
                                                                 jlong number)
{
  (void) environment, (void) type;
  return number + 1;
}

JNIEXPORT long crossing_next(long number)
{
  return number + 1;
}
