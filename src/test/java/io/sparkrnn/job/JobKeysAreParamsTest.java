package io.sparkrnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.ml.SettingEstimator;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.ml.param.Param;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job key is a param: one name each, set through either, and told by explainParams. */
class JobKeysAreParamsTest {
  @TempDir private Path folder;

  @Test
  void keysAndParamsAreUnique() {
    assertThat(JobSettings.ALL).extracting(Setting::key).doesNotHaveDuplicates();
    assertThat(JobSettings.ALL).extracting(Setting::param).doesNotHaveDuplicates();
  }

  @Test
  void noKeyIsABlockOfOthers() {
    List<String> keys = JobSettings.ALL.stream().map(Setting::key).toList();
    for (String key : keys) {
      assertThat(keys).noneMatch(other -> other.startsWith(key + "."));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        JobSettings.CLASSIFICATION,
        JobSettings.LABELLING,
        JobSettings.REGRESSION,
        JobSettings.FORECASTING,
        JobSettings.LANGUAGE_MODEL,
        JobSettings.TRANSLATION
      })
  void everySettingOfAnEstimatorIsSetThroughTheJobFile(String task) {
    SettingEstimator<?, ?> plain = estimator(values("job.task = " + task));
    List<String> lines = new ArrayList<>(List.of("job.task = " + task));
    plain.settings().forEach(setting -> lines.add(setting.key() + " = " + another(setting)));
    SettingEstimator<?, ?> changed = estimator(values(String.join("\n", lines)));

    for (Setting<?> setting : plain.settings()) {
      assertThat(plain.values().get(setting)).isEqualTo(setting.defaultValue());
      assertThat(changed.values().get(setting))
          .as(setting.key())
          .isNotEqualTo(setting.defaultValue());
      Param<?> param = changed.getParam(setting.param());
      assertThat(changed.isSet(param)).as(setting.param()).isTrue();
      assertThat(changed.explainParam(param)).contains(setting.param(), setting.meaning());
    }
    assertThat(changed.explainParams().lines()).hasSameSizeAs(changed.params());
  }

  @Test
  void everyKeyBelongsToJobsAloneOrToAnEstimator() {
    SettingEstimator<?, ?> classifier = estimator(values("job.task = classification"));
    SettingEstimator<?, ?> forecaster = estimator(values("job.task = forecasting"));
    SettingEstimator<?, ?> modeler = estimator(values("job.task = language-model"));
    SettingEstimator<?, ?> translator = estimator(values("job.task = translation"));
    assertThat(JobSettings.ALL)
        .allMatch(
            setting ->
                JobSettings.OF_JOBS.contains(setting)
                    != (classifier.settings().contains(setting)
                        || forecaster.settings().contains(setting)
                        || modeler.settings().contains(setting)
                        || translator.settings().contains(setting)));
  }

  private static SettingEstimator<?, ?> estimator(Values values) {
    return switch (values.get(JobSettings.TASK)) {
      case JobSettings.FORECASTING -> Estimators.forecaster(values);
      case JobSettings.LANGUAGE_MODEL -> Estimators.languageModeler(values);
      case JobSettings.TRANSLATION -> Estimators.translator(values);
      default -> Estimators.of(values);
    };
  }

  private Values values(String text) {
    return JobFile.load(
            JobFileSamples.source(Map.of()),
            new JobFileSamples(folder).write("x.conf", text),
            List.of(),
            JobSettings.SCHEMA)
        .values();
  }

  /** A valid value that is not the default, as a job file has it. */
  private static String another(Setting<?> setting) {
    Stream<String> candidates =
        setting.names().isEmpty()
            ? Stream.of("true", "false", "0.5", "0.25", "3", "11", "\"other\"", "[7]", "[lower]")
            : setting.names().stream().map(name -> "\"" + name + "\"");
    return candidates
        .filter(candidate -> isAnother(setting, candidate))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no candidate fits " + setting));
  }

  private static <T> boolean isAnother(Setting<T> setting, String candidate) {
    try {
      Object plain = ConfigFactory.parseString("v = " + candidate).getAnyRef("v");
      return !setting.check(plain).equals(setting.defaultValue());
    } catch (ConfigurationException unfit) {
      return false;
    }
  }
}
