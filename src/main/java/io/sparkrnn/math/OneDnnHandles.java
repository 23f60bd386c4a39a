package io.sparkrnn.math;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import java.lang.ref.Cleaner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;

/**
 * Makes objects of oneDNN and destroys them together, the youngest first: when their owner closes
 * them, and at the latest when nothing refers to the owner any more. They must not refer to it.
 */
final class OneDnnHandles implements AutoCloseable, Runnable {

  private static final Cleaner CLEANER = Cleaner.create();

  private final Deque<Runnable> destroyers = new ArrayDeque<>();

  /** An operation ready to run, with its operands. */
  record Operation(dnnl_primitive primitive, dnnl_exec_arg_t operands, int count) {

    void run(dnnl_stream stream) {
      OneDnn.check(
          dnnl.dnnl_primitive_execute(primitive, stream, count, operands),
          "dnnl_primitive_execute");
    }
  }

  /** Destroys them when the owner is gone, or as soon as the result is told to clean. */
  Cleaner.Cleanable ownedBy(Object owner) {
    return CLEANER.register(owner, this);
  }

  /** A queue of operations; they run on the calling thread. */
  dnnl_stream stream() {
    dnnl_stream stream = new dnnl_stream();
    check(
        dnnl.dnnl_stream_create(stream, OneDnn.engine(), dnnl.dnnl_stream_default_flags),
        "dnnl_stream_create");
    destroyers.push(() -> dnnl.dnnl_stream_destroy(stream));
    return stream;
  }

  /** A row-major matrix. */
  dnnl_memory_desc rowMajor(long rows, long columns, int type) {
    return strided(rows, columns, type, columns, 1);
  }

  /** A matrix by the distances between its rows and between its columns. */
  dnnl_memory_desc strided(long rows, long columns, int type, long rowStride, long columnStride) {
    dnnl_memory_desc description = new dnnl_memory_desc();
    check(
        dnnl.dnnl_memory_desc_create_with_strides(
            description, 2, new long[] {rows, columns}, type, new long[] {rowStride, columnStride}),
        "dnnl_memory_desc_create_with_strides");
    destroyers.push(() -> dnnl.dnnl_memory_desc_destroy(description));
    return description;
  }

  /** A matrix in whatever form an operation likes best. */
  dnnl_memory_desc anyForm(long rows, long columns, int type) {
    dnnl_memory_desc description = new dnnl_memory_desc();
    check(
        dnnl.dnnl_memory_desc_create_with_tag(
            description, 2, new long[] {rows, columns}, type, dnnl.dnnl_format_tag_any),
        "dnnl_memory_desc_create_with_tag");
    destroyers.push(() -> dnnl.dnnl_memory_desc_destroy(description));
    return description;
  }

  /** Names memory that the caller keeps. */
  dnnl_memory memory(dnnl_memory_desc description, AlignedMemory storage) {
    dnnl_memory memory = new dnnl_memory();
    check(
        dnnl.dnnl_memory_create(memory, description, OneDnn.engine(), storage.pointer()),
        "dnnl_memory_create");
    destroyers.push(() -> dnnl.dnnl_memory_destroy(memory));
    return memory;
  }

  /**
   * Describes destination = source·weights, or destination += source·weights; empty if the library
   * has none for these types on this processor.
   */
  Optional<dnnl_primitive_desc> matmul(
      dnnl_memory_desc source,
      dnnl_memory_desc weights,
      dnnl_memory_desc destination,
      boolean accumulates) {
    dnnl_primitive_attr attributes = new dnnl_primitive_attr();
    check(dnnl.dnnl_primitive_attr_create(attributes), "dnnl_primitive_attr_create");
    destroyers.push(() -> dnnl.dnnl_primitive_attr_destroy(attributes));
    if (accumulates) {
      dnnl_post_ops sum = new dnnl_post_ops();
      check(dnnl.dnnl_post_ops_create(sum), "dnnl_post_ops_create");
      destroyers.push(() -> dnnl.dnnl_post_ops_destroy(sum));
      check(
          dnnl.dnnl_post_ops_append_sum(sum, 1f, 0, dnnl.dnnl_data_type_undef),
          "dnnl_post_ops_append_sum");
      check(
          dnnl.dnnl_primitive_attr_set_post_ops(attributes, sum),
          "dnnl_primitive_attr_set_post_ops");
    }
    dnnl_primitive_desc description = new dnnl_primitive_desc();
    int status =
        dnnl.dnnl_matmul_primitive_desc_create(
            description, OneDnn.engine(), source, weights, null, destination, attributes);
    if (status != dnnl.dnnl_success) {
      return Optional.empty();
    }
    destroyers.push(() -> dnnl.dnnl_primitive_desc_destroy(description));
    return Optional.of(description);
  }

  /** The form that a described operation wants an operand in; it lives as long as these handles. */
  static dnnl_memory_desc form(dnnl_primitive_desc operation, int query) {
    return new dnnl_memory_desc(dnnl.dnnl_primitive_desc_query_md(operation, query, 0));
  }

  /** Makes a described product ready to run on its operands. */
  Operation product(
      dnnl_primitive_desc description,
      dnnl_memory source,
      dnnl_memory weights,
      dnnl_memory destination) {
    dnnl_exec_arg_t operands = new dnnl_exec_arg_t(3);
    operands.position(0).arg(DNNL_ARG_SRC).memory(source);
    operands.position(1).arg(DNNL_ARG_WEIGHTS).memory(weights);
    operands.position(2).arg(DNNL_ARG_DST).memory(destination);
    return new Operation(primitive(description), operands.position(0), 3);
  }

  /** A copy from one form and type to another. */
  Operation reorder(
      dnnl_memory_desc from, dnnl_memory source, dnnl_memory_desc to, dnnl_memory target) {
    dnnl_primitive_desc description = new dnnl_primitive_desc();
    check(
        dnnl.dnnl_reorder_primitive_desc_create(
            description, from, OneDnn.engine(), to, OneDnn.engine(), null),
        "dnnl_reorder_primitive_desc_create");
    destroyers.push(() -> dnnl.dnnl_primitive_desc_destroy(description));
    dnnl_exec_arg_t operands = new dnnl_exec_arg_t(2);
    operands.position(0).arg(DNNL_ARG_FROM).memory(source);
    operands.position(1).arg(DNNL_ARG_TO).memory(target);
    return new Operation(primitive(description), operands.position(0), 2);
  }

  @Override
  public void run() {
    close();
  }

  @Override
  public void close() {
    while (!destroyers.isEmpty()) {
      destroyers.pop().run();
    }
  }

  private dnnl_primitive primitive(dnnl_primitive_desc description) {
    dnnl_primitive primitive = new dnnl_primitive();
    check(dnnl.dnnl_primitive_create(primitive, description), "dnnl_primitive_create");
    destroyers.push(() -> dnnl.dnnl_primitive_destroy(primitive));
    return primitive;
  }

  private static void check(int status, String call) {
    OneDnn.check(status, call);
  }
}
