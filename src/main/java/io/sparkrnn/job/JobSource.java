package io.sparkrnn.job;

import io.sparkrnn.error.ConfigurationException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import scala.Tuple2;

/**
 * Where job files come from, and the environment their substitutions see.
 *
 * <p>A location with a scheme ({@code hdfs://…}, {@code s3a://…}, {@code file:/…}) is read from
 * that file system. One without is looked for on the local disk, then among the files that {@code
 * spark-submit --files} shipped (by name), then on the default file system: the driver of a cluster
 * deployment does not see the disk of the submitter.
 */
public final class JobSource {
  private static final long LONGEST = 1 << 20;

  /** What the files on the class path say, which takes longer to read than a job file. */
  private static final Configuration HADOOP = new Configuration();

  private final Configuration hadoop;
  private final List<String> shipped;
  private final Map<String, String> environment;

  /**
   * A source.
   *
   * @param hadoop configuration of the file systems
   * @param shipped URIs of the files shipped with the job; a fragment, if any, is the file's name
   * @param environment variables that {@code ${NAME}} in a job file sees
   */
  public JobSource(Configuration hadoop, List<String> shipped, Map<String, String> environment) {
    this.hadoop = hadoop;
    this.shipped = List.copyOf(shipped);
    this.environment = Map.copyOf(environment);
  }

  /** The source a submitted job sees, known before any Spark session is started. */
  public static JobSource of(SparkConf spark, Map<String, String> environment) {
    HADOOP.size(); // reads them, so that copies need not
    Configuration hadoop = new Configuration(HADOOP);
    for (Tuple2<String, String> entry : spark.getAllWithPrefix("spark.hadoop.")) {
      hadoop.set(entry._1(), entry._2());
    }
    List<String> shipped =
        Stream.of("spark.files", "spark.yarn.dist.files")
            .flatMap(key -> Stream.of(spark.get(key, "").split(",")))
            .filter(uri -> !uri.isBlank())
            .toList();
    return new JobSource(hadoop, shipped, environment);
  }

  Map<String, String> environment() {
    return environment;
  }

  /**
   * The text of a job file.
   *
   * @throws ConfigurationException naming every place looked at if there is no such file, or why it
   *     cannot be read
   */
  String read(String location) {
    List<String> looked = new ArrayList<>();
    try {
      for (Path candidate : candidates(location)) {
        FileSystem files = fileSystem(candidate);
        Path qualified = files.makeQualified(candidate);
        looked.add(qualified.toString());
        Optional<String> text = read(files, qualified, location);
        if (text.isPresent()) {
          return text.get();
        }
      }
    } catch (ConfigurationException clear) {
      throw clear;
    } catch (IOException | IllegalArgumentException error) {
      throw new ConfigurationException(
          location + ": the job file cannot be read: " + error.getMessage(), error);
    }
    throw new ConfigurationException(
        location + ": no such job file; looked for " + String.join(", ", looked));
  }

  private List<Path> candidates(String location) {
    Path path = new Path(location);
    if (path.toUri().getScheme() != null) {
      return List.of(path);
    }
    List<Path> candidates = new ArrayList<>();
    candidates.add(new Path("file", null, localPath(path)));
    shipped.stream()
        .filter(uri -> shippedName(uri).equals(location))
        .map(uri -> new Path(uri.replaceFirst("#.*", "")))
        .forEach(candidates::add);
    if (!FileSystem.getDefaultUri(hadoop).getScheme().equals("file")) {
      candidates.add(path);
    }
    return candidates;
  }

  private String localPath(Path path) {
    Path folder = new Path(System.getProperty("user.dir"));
    return new Path(folder, path).toUri().getPath();
  }

  private static String shippedName(String uri) {
    int fragment = uri.indexOf('#');
    return fragment >= 0 ? uri.substring(fragment + 1) : new Path(uri).getName();
  }

  /** Local files are read without checksum files, which an editor would leave stale. */
  private FileSystem fileSystem(Path path) throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }

  private static Optional<String> read(FileSystem files, Path path, String location)
      throws IOException {
    try {
      FileStatus status = files.getFileStatus(path);
      if (status.isDirectory()) {
        throw new ConfigurationException(
            location + ": expected a job file, found the folder " + path);
      }
      if (status.getLen() > LONGEST) {
        throw new ConfigurationException(
            "%s: expected a job file of at most %d bytes, found %d; is it data?"
                .formatted(location, LONGEST, status.getLen()));
      }
    } catch (FileNotFoundException absent) {
      return Optional.empty();
    }
    try (InputStream stream = files.open(path)) {
      ByteBuffer bytes = ByteBuffer.wrap(stream.readAllBytes());
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException error) {
      throw new ConfigurationException(location + ": the job file is not UTF-8 text", error);
    }
  }
}
