package io.sparkrnn.job;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.ml.LanguageModeler;
import io.sparkrnn.ml.SequenceClassifier;
import io.sparkrnn.ml.SequenceEstimator;
import io.sparkrnn.ml.SequenceForecaster;
import io.sparkrnn.ml.SequenceLabeler;
import io.sparkrnn.ml.SequenceRegressor;
import io.sparkrnn.ml.SequenceTranslator;
import io.sparkrnn.ml.SettingEstimator;
import io.sparkrnn.setting.Values;
import java.util.Map;

/** The estimator of a job, with the job's keys as its params. */
final class Estimators {

  private Estimators() {}

  static SequenceEstimator<?, ?> of(Values values) {
    String task = values.get(JobSettings.TASK);
    SequenceEstimator<?, ?> estimator =
        switch (task) {
          case JobSettings.LABELLING -> new SequenceLabeler("sequenceLabeler");
          case JobSettings.REGRESSION -> new SequenceRegressor("sequenceRegressor");
          default -> new SequenceClassifier("sequenceClassifier");
        };
    configure(estimator, values);
    return estimator;
  }

  /** The forecaster of a job of forecasting. */
  static SequenceForecaster forecaster(Values values) {
    SequenceForecaster estimator = new SequenceForecaster("sequenceForecaster");
    configure(estimator, values);
    return estimator;
  }

  /** The translator of a job of translation. */
  static SequenceTranslator translator(Values values) {
    SequenceTranslator estimator = new SequenceTranslator("sequenceTranslator");
    configure(estimator, values);
    return estimator;
  }

  /** The modeler of a job of language modelling. */
  static LanguageModeler languageModeler(Values values) {
    LanguageModeler estimator = new LanguageModeler("languageModeler");
    configure(estimator, values);
    return estimator;
  }

  private static void configure(SettingEstimator<?, ?> estimator, Values values) {
    for (Map.Entry<String, Object> entry : values.changed().entrySet()) {
      if (JobSettings.OF_JOBS.byKey(entry.getKey()).isPresent()) {
        continue;
      }
      if (estimator.settings().byKey(entry.getKey()).isEmpty()) {
        throw new ConfigurationException(
            "%s: has no meaning for job.task = %s; leave it away"
                .formatted(entry.getKey(), values.get(JobSettings.TASK)));
      }
      estimator.set(estimator.settings().require(entry.getKey()), entry.getValue());
    }
  }
}
