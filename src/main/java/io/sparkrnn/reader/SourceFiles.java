package io.sparkrnn.reader;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.setting.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The files that a job's {@code path} names, on any Hadoop file system, in the order of their
 * names; each is parsed by one task, compressed or not.
 */
final class SourceFiles {
  /** Files, folders (their files, not those of folders in them) and patterns. */
  static final Setting<List<String>> PATH =
      Setting.texts(
          "path",
          "path",
          List.of(),
          "Files, folders or patterns (*.ts), on any Hadoop file system; .gz and .bz2 are"
              + " unpacked");

  private static final int TASKS_A_CORE = 4;

  private final SparkSession spark;
  private final List<SourceFile> files;

  private SourceFiles(SparkSession spark, List<SourceFile> files) {
    this.spark = spark;
    this.files = files;
  }

  /** Parses one file from a stream of its unpacked bytes; items are asked for one by one. */
  interface Parser<T> extends Serializable {
    Iterator<T> parse(SourceFile file, InputStream in);
  }

  /**
   * Finds the files.
   *
   * @throws ConfigurationException if there is no path
   * @throws DataException if a path leads to no file, or two files have one name, so that the ids
   *     of their rows would be the same
   */
  static SourceFiles find(SparkSession spark, List<String> paths) {
    return find(spark, paths, file -> true);
  }

  /** Finds the files, and keeps those that {@code wanted} accepts. */
  static SourceFiles find(SparkSession spark, List<String> paths, Predicate<SourceFile> wanted) {
    if (paths.isEmpty()) {
      throw new ConfigurationException("path: expected a file, folder or pattern, found none");
    }
    Configuration configuration = spark.sparkContext().hadoopConfiguration();
    Set<SourceFile> found = new LinkedHashSet<>();
    for (String path : paths) {
      List<SourceFile> here = list(configuration, path).stream().filter(wanted).toList();
      if (here.isEmpty()) {
        throw new DataException(path + ": expected files to read, found none in that folder");
      }
      found.addAll(here);
    }
    List<SourceFile> files = new ArrayList<>(found);
    files.sort(Comparator.comparing(SourceFile::name));
    requireDifferentNames(files);
    return new SourceFiles(spark, List.copyOf(files));
  }

  /** Fails if a path leads nowhere; a folder may hold folders alone. */
  static void requireExisting(SparkSession spark, List<String> paths) {
    for (String path : paths) {
      list(spark.sparkContext().hadoopConfiguration(), path);
    }
  }

  private static void requireDifferentNames(List<SourceFile> files) {
    Map<String, SourceFile> byName = new HashMap<>();
    for (SourceFile file : files) {
      SourceFile other = byName.putIfAbsent(file.name(), file);
      if (other != null) {
        throw new DataException(
            "expected files of different names, since ids are made of them; found "
                + other.shown()
                + " and "
                + file.shown());
      }
    }
  }

  private static List<SourceFile> list(Configuration configuration, String path) {
    try {
      Path pattern = new Path(path);
      FileSystem system = pattern.getFileSystem(configuration);
      FileStatus[] matches = system.globStatus(pattern);
      if (matches == null || matches.length == 0) {
        throw new DataException(
            path
                + ": expected a file or folder, found nothing at "
                + system.makeQualified(pattern)
                + "; correct the path (a relative one begins at "
                + system.getWorkingDirectory()
                + ")");
      }
      List<SourceFile> files = new ArrayList<>();
      for (FileStatus match : matches) {
        FileStatus[] inside =
            match.isDirectory() ? system.listStatus(match.getPath()) : new FileStatus[] {match};
        Stream.of(inside)
            .filter(FileStatus::isFile)
            .map(FileStatus::getPath)
            .filter(file -> !file.getName().startsWith("_") && !file.getName().startsWith("."))
            .map(file -> new SourceFile(file.toString()))
            .forEach(files::add);
      }
      return files;
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "path: expected the address of a file or folder, found " + path, e);
    } catch (IOException e) {
      throw new DataException(path + ": cannot be reached (" + e.getMessage() + ")", e);
    }
  }

  /** The files, by name. */
  List<SourceFile> files() {
    return files;
  }

  /** Names of the files, for a message. */
  String shown() {
    String first = files.stream().limit(3).map(SourceFile::shown).collect(Collectors.joining(", "));
    return files.size() <= 3 ? first : first + " and " + (files.size() - 3) + " more";
  }

  /** The items of all files, file after file, each file in one task. */
  <T> JavaRDD<T> parse(Parser<T> parser) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> configuration =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    int tasks = Math.min(files.size(), TASKS_A_CORE * context.defaultParallelism());
    return context
        .parallelize(files, tasks)
        .flatMap(file -> items(file, configuration.value().value(), parser))
        .setName("parsed " + shown());
  }

  /** A file is closed when its last item is taken, and at the latest when the task ends. */
  private static <T> Iterator<T> items(
      SourceFile file, Configuration configuration, Parser<T> parser) {
    InputStream in = open(file, configuration);
    TaskCompletionListener whenDone = task -> close(file, in);
    TaskContext.get().addTaskCompletionListener(whenDone);
    Iterator<T> items = parser.parse(file, in);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        boolean more = items.hasNext();
        if (!more) {
          close(file, in);
        }
        return more;
      }

      @Override
      public T next() {
        return items.next();
      }
    };
  }

  /** The first item of the first file, parsed here on the driver. */
  <T> T first(Parser<T> parser) {
    SourceFile file = files.get(0);
    InputStream in = open(file, spark.sparkContext().hadoopConfiguration());
    try {
      return parser.parse(file, in).next();
    } finally {
      close(file, in);
    }
  }

  private static InputStream open(SourceFile file, Configuration configuration) {
    try {
      Path path = new Path(file.path());
      InputStream raw = path.getFileSystem(configuration).open(path);
      CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(path);
      return codec == null ? raw : codec.createInputStream(raw);
    } catch (IOException e) {
      throw new DataException(file.shown() + ": cannot be opened (" + e.getMessage() + ")", e);
    }
  }

  private static void close(SourceFile file, InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      throw new DataException(file.shown() + ": cannot be closed (" + e.getMessage() + ")", e);
    }
  }
}
