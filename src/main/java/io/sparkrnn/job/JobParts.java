package io.sparkrnn.job;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.ml.ColumnSettings;
import io.sparkrnn.setting.Values;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which parts of the data come from blocks of their own, and which are cut from data.train.
 *
 * @param shares of data.train by part; train alone if it is not split
 * @param seed of the split
 * @param isStratified whether every class has its exact share in each part
 * @param marksValidation whether a column of data.train marks the rows that validate
 */
record JobParts(
    Map<String, Double> shares, long seed, boolean isStratified, boolean marksValidation) {

  /**
   * The parts of a job.
   *
   * @throws ConfigurationException if two settings name the same part, or leave none to train on
   */
  static JobParts of(JobFile job) {
    Values values = job.values();
    double validation = values.get(JobSettings.SPLIT_VALIDATION);
    double test = values.get(JobSettings.SPLIT_TEST);
    if (validation + test >= 1) {
      throw new ConfigurationException(
          "split.validation: with split.test it takes %s of data.train, which leaves nothing to train on"
              .formatted(validation + test));
    }
    boolean marks = !values.get(ColumnSettings.VALIDATION_INDICATOR).isEmpty();
    requireOnce(job, JobData.VALIDATION, validation, marks);
    requireOnce(job, JobData.TEST, test, false);
    boolean stratified = values.get(JobSettings.SPLIT_STRATIFIED);
    if (stratified && !values.get(JobSettings.TASK).equals(JobSettings.CLASSIFICATION)) {
      throw new ConfigurationException(
          "split.stratified: only a classification has one class a sequence, found job.task = %s; set it to false"
              .formatted(values.get(JobSettings.TASK)));
    }
    Map<String, Double> shares = new LinkedHashMap<>();
    shares.put(JobData.TRAIN, 1 - validation - test);
    if (validation > 0) {
      shares.put(JobData.VALIDATION, validation);
    }
    if (test > 0) {
      shares.put(JobData.TEST, test);
    }
    return new JobParts(shares, values.get(JobSettings.SPLIT_SEED), stratified, marks);
  }

  private static void requireOnce(JobFile job, String part, double share, boolean marks) {
    String remedy = "; keep one of them";
    if (share > 0 && job.block("data." + part).isPresent()) {
      throw new ConfigurationException(
          "split.%s: there is a block data.%s too%s".formatted(part, part, remedy));
    }
    if (marks && share > 0) {
      throw new ConfigurationException(
          "columns.validationIndicator: there is a split.validation too" + remedy);
    }
    if (marks && job.block("data." + part).isPresent()) {
      throw new ConfigurationException(
          "columns.validationIndicator: there is a block data.validation too" + remedy);
    }
  }

  /** Whether a part is, or is cut from, the block data.train. */
  boolean areCutFromTrain(String part) {
    return shares.containsKey(part) || (marksValidation && part.equals(JobData.VALIDATION));
  }
}
