package io.sparkrnn.network;

import io.sparkrnn.layer.Memory;
import io.sparkrnn.layer.Pass;
import io.sparkrnn.layer.StepLayer;
import io.sparkrnn.math.RandomStream;
import io.sparkrnn.math.Rows;
import io.sparkrnn.math.Softmax;
import io.sparkrnn.sequence.Packing;
import io.sparkrnn.sequence.PairBatch;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.Arrays;

/**
 * Teacher forcing step by step, for input feeding (Luong 2015: the attentional state h̃_{t−1} is an
 * input of step t) and scheduled sampling (Bengio 2015: with some probability the input of a step
 * is not the truth but a token drawn from what the decoder said at the step before; no gradient
 * flows through the draw).
 *
 * @param decoder what is taught
 * @param steps its layers, a step at a time
 * @param settings the probability of a draw, in training
 */
record SteppedTeaching(EncoderDecoder decoder, StepLayer steps, DecoderSettings settings)
    implements Teaching {

  private static final String INPUTS = "fed";

  @Override
  public Rows forward(PairBatch pair, Memory memory, Rows initial, Pass pass) {
    SequenceBatch target = pair.target();
    Packing packing = target.packing();
    int[] used = target.ids(PairBatch.INPUT).clone();
    double rate = pass.training() ? settings.samplingRate(pass.progress()) : 0;
    RandomStream random = pass.child("sampling").random();
    Rows embedded = pass.buffer("embedded", target.totalRows(), decoder.embeddingSize());
    Rows attended = pass.buffer("attended", target.totalRows(), decoder.attentionalSize());
    Rows previous = initial;
    for (int t = 0; t < target.steps(); t++) {
      int first = packing.rowOffset(t);
      int active = packing.activeAt(t);
      int fed = t == 0 ? 0 : packing.rowOffset(t - 1);
      Rows before = attended.slice(fed, active);
      if (rate > 0 && t > 0) {
        draw(rate, before, used, first, random, pass);
      }
      Rows own = embedded.slice(first, active);
      decoder.lookUp(Arrays.copyOfRange(used, first, first + active), own, pass);
      Pass frame = pass.frame(t);
      Rows input = decoder.stepInput(own, before, t == 0, frame);
      Rows next = frame.buffer("state", active, steps.stateSize());
      Rows states =
          steps.step(input, previous.slice(0, active), next, frame.child(EncoderDecoder.DECODER));
      int[] owners = Arrays.copyOf(pair.sourceOf(), active);
      Pass attentionFrame = frame.child(EncoderDecoder.ATTENTION);
      Rows output = decoder.attention().forward(memory, states, owners, attentionFrame);
      attended.slice(first, active).copyFrom(output);
      previous = next;
    }
    pass.saveIndices(INPUTS, used);
    return attended;
  }

  @Override
  public Rows backward(PairBatch pair, Memory memory, Rows dStates, Pass pass) {
    SequenceBatch target = pair.target();
    Packing packing = target.packing();
    int width = decoder.embeddingSize();
    int size = steps.stateSize();
    Rows dEmbedded = pass.buffer("dEmbedded", target.totalRows(), width);
    Rows dState = pass.zeros("dState", target.sequences(), size);
    Rows dPrevious = pass.buffer("dPrevious", target.sequences(), size);
    for (int t = target.steps() - 1; t >= 0; t--) {
      int first = packing.rowOffset(t);
      int active = packing.activeAt(t);
      Pass frame = pass.frame(t);
      Rows dOwn =
          decoder
              .attention()
              .backward(
                  memory, dStates.slice(first, active), frame.child(EncoderDecoder.ATTENTION));
      Rows dNext = dState.slice(0, active);
      Rows dBefore = dPrevious.slice(0, active);
      Rows dInput = steps.stepBack(dOwn, dNext, dBefore, frame.child(EncoderDecoder.DECODER));
      dNext.copyFrom(dBefore);
      dEmbedded
          .slice(first, active)
          .copyFrom(
              decoder
                  .inputDropout()
                  .backward(dInput.columns(0, width), frame.child("targetDropout")));
      if (t > 0) {
        Rows dEarlier = dStates.slice(packing.rowOffset(t - 1), active);
        Rows dFed = dInput.columns(width, decoder.fedSize());
        dEarlier.columns(0, decoder.fedSize()).add(dFed);
      }
    }
    decoder.lookUpBack(pass.savedIndices(INPUTS), dEmbedded, pass);
    return dState;
  }

  /** Replaces some inputs of a step by tokens drawn from what was said at the step before. */
  private void draw(
      double rate, Rows before, int[] used, int first, RandomStream random, Pass pass) {
    Rows scores = decoder.head().forward(before, pass.child(EncoderDecoder.HEAD));
    for (int row = 0; row < before.count(); row++) {
      if (random.nextDouble() >= rate) {
        continue;
      }
      int start = scores.start(row);
      Softmax.row(scores.data(), start, scores.width());
      double rest = random.nextDouble();
      int token = 0;
      while (token < scores.width() - 1 && rest >= scores.data()[start + token]) {
        rest -= scores.data()[start + token];
        token++;
      }
      used[first + row] = token;
    }
  }
}
