package io.sparkrnn.ml;

import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * Spark ML params derived from settings: name, meaning and default stand once, in the settings.
 * Values are checked when they are set through a setter, and again before anything is done.
 */
final class SettingParams implements Serializable {
  private static final long serialVersionUID = 1L;

  private final LinkedHashMap<String, Param<?>> params = new LinkedHashMap<>();

  /** Makes the params of an owner whose uid is known, and sets their defaults. */
  SettingParams(Params owner, Settings settings) {
    settings.stream().forEach(setting -> params.put(setting.param(), param(owner, setting)));
    settings.stream()
        .forEach(
            setting ->
                setDefault(owner, setting.param(), toSpark(setting, setting.defaultValue())));
  }

  /** All params, in the order of the settings. */
  Param<?>[] all() {
    return params.values().toArray(new Param<?>[0]);
  }

  /** Sets a param after checking the value. */
  void set(Params owner, Setting<?> setting, Object value) {
    owner.set(typed(setting.param()), toSpark(setting, setting.check(value)));
  }

  /** The values that the owner has now. */
  Values values(Params owner, Settings settings) {
    Values values = Values.defaults(settings);
    for (Setting<?> setting : settings) {
      values = values.withChecked(setting, owner.getOrDefault(params.get(setting.param())));
    }
    return values;
  }

  private void setDefault(Params owner, String name, Object value) {
    owner.setDefault(typed(name), value);
  }

  @SuppressWarnings("unchecked") // The value's type is that of the param by construction.
  private Param<Object> typed(String name) {
    return (Param<Object>) Objects.requireNonNull(params.get(name), name);
  }

  private static Param<?> param(Params owner, Setting<?> setting) {
    String name = setting.param();
    String doc = setting.meaning() + " (" + setting.expected() + ")";
    return switch (setting.kind()) {
      case BOOLEAN -> new BooleanParam(owner, name, doc);
      case INT -> new IntParam(owner, name, doc);
      case LONG -> new LongParam(owner, name, doc);
      case DOUBLE -> new DoubleParam(owner, name, doc);
      case STRING -> new Param<String>(owner.uid(), name, doc);
      case INT_LIST -> new IntArrayParam(owner, name, doc);
      case DOUBLE_LIST -> new DoubleArrayParam(owner, name, doc);
      case STRING_LIST -> new StringArrayParam(owner, name, doc);
    };
  }

  private static Object toSpark(Setting<?> setting, Object value) {
    return switch (setting.kind()) {
      case STRING_LIST -> ((List<?>) value).toArray(new String[0]);
      case DOUBLE_LIST -> ((List<?>) value).stream().mapToDouble(item -> (Double) item).toArray();
      case INT_LIST -> ((List<?>) value).stream().mapToInt(item -> (Integer) item).toArray();
      default -> value;
    };
  }
}
