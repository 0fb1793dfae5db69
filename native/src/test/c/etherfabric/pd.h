#include "../ef_vi_double.h"
