package io.sparkrnn.ml;

import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;

/**
 * A model whose params are those of its estimator, derived from settings; the counterpart of {@link
 * SettingEstimator}.
 *
 * @param <M> the model itself
 */
public abstract class SettingModel<M extends SettingModel<M>> extends Model<M>
    implements MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final SettingParams params;

  /** Makes the params and sets their defaults. */
  SettingModel(String uid) {
    this.uid = uid;
    this.params = new SettingParams(this, settings());
  }

  /** All settings that the model was trained with; asked for before the model is made. */
  public abstract Settings settings();

  /** Another model of the same content, with the defaults of all params. */
  abstract M same();

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Param<?>[] params() {
    return params.all();
  }

  /** The values of all settings. */
  public Values values() {
    return params.values(this, settings());
  }

  /** Sets one setting. Fails with what was expected if the value does not fit. */
  final M set(Setting<?> setting, Object value) {
    params.set(this, setting, value);
    return self();
  }

  @Override
  public M copy(ParamMap extra) {
    M copy = same();
    copyValues(copy, extra);
    return hasParent() ? copy.setParent(parent()) : copy;
  }

  @SuppressWarnings("unchecked") // M is the class itself by declaration.
  private M self() {
    return (M) this;
  }
}
