package io.sparkrnn.math;

import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_stream;

/**
 * A right factor as products see it.
 *
 * @param depth k
 * @param width n
 * @param type of both factors
 * @param form how it lies
 * @param memory where it lies
 * @param storage keeps the memory
 * @param stream where products run
 */
record OneDnnFactor(
    int depth,
    int width,
    int type,
    dnnl_memory_desc form,
    dnnl_memory memory,
    AlignedMemory storage,
    dnnl_stream stream) {}
