package io.sparkrnn.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.ml.SequenceModel;
import io.sparkrnn.report.TextSummary;
import java.io.PrintWriter;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Scores the model of output.model on the job's validation and test data. */
@Command(
    name = "evaluate",
    description = "Scores the model in output.model on data.validation and data.test.")
final class EvaluateCommand extends JobCommand {

  @Option(names = "--json", description = "Prints all scores as JSON instead of a summary.")
  private boolean json;

  EvaluateCommand() {
    super(JobSettings.SCHEMA);
  }

  @Override
  void run(SparkSession spark, JobFile job) {
    if (ForecastJob.is(job)) {
      new ForecastJob(spark, job, out()).evaluate(json);
      return;
    }
    if (TranslationJob.is(job)) {
      new TranslationJob(spark, job, out()).evaluate(json);
      return;
    }
    if (LanguageJob.is(job)) {
      new LanguageJob(spark, job, out()).evaluate(json);
      return;
    }
    JobData.require(job);
    SequenceModel<?> model = Models.ofJob(spark, job);
    JobData data = new JobData(spark, job);
    if (data.part(JobData.VALIDATION).isEmpty()) {
      data.require(JobData.TEST);
    }
    ObjectNode metrics = new Scoring(model).score(data, List.of(JobData.VALIDATION, JobData.TEST));
    PrintWriter out = out();
    if (json) {
      out.println(metrics.toPrettyString());
    } else {
      out.print(TextSummary.of(metrics));
    }
    out.flush();
  }
}
