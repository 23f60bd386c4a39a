package io.sparkrnn.ml;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DFSOutputStream;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.util.Progressable;

/**
 * HDFS whose n-th file of tensors stops, half written, one of the data nodes that it goes to.
 * Hadoop makes it by name, so that what it does is told beside it.
 */
public final class StoppingFileSystem extends DistributedFileSystem {
  private static final AtomicInteger LEFT = new AtomicInteger(-1);
  private static volatile MiniDFSCluster cluster;

  /** Stops a node in the n-th file from now on. */
  static void arm(MiniDFSCluster nodes, int files) {
    cluster = nodes;
    LEFT.set(files);
  }

  /** Whether it was stopped. */
  static boolean stopped() {
    return LEFT.get() < 0;
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    FSDataOutputStream out =
        super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress);
    boolean chosen = path.getName().endsWith(".safetensors") && LEFT.decrementAndGet() == 0;
    return chosen ? new FSDataOutputStream(new Interrupted(out), null) : out;
  }

  private static final class Interrupted extends FilterOutputStream {
    private final FSDataOutputStream file;

    Interrupted(FSDataOutputStream file) {
      super(file);
      this.file = file;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int half = length / 2;
      file.write(bytes, offset, half);
      if (LEFT.compareAndSet(0, -1)) {
        file.hflush();
        DFSOutputStream written = (DFSOutputStream) file.getWrappedStream();
        cluster.stopDataNode(written.getPipeline()[0].getXferAddr());
      }
      file.write(bytes, offset + half, length - half);
    }
  }
}
