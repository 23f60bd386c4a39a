package io.sparkrnn.network;

import io.sparkrnn.layer.Memory;
import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Rows;
import io.sparkrnn.sequence.PairBatch;
import io.sparkrnn.sequence.SequenceBatch;

/**
 * Teacher forcing (Williams and Zipser 1989) where nothing of a step feeds the next but the state:
 * all steps of a layer in few products, and all queries at once.
 *
 * @param decoder what is taught
 */
record WholeTeaching(EncoderDecoder decoder) implements Teaching {

  @Override
  public Rows forward(PairBatch pair, Memory memory, Rows initial, Pass pass) {
    SequenceBatch target = pair.target();
    int[] used = target.ids(PairBatch.INPUT);
    Rows embedded = pass.buffer("embedded", target.totalRows(), decoder.embeddingSize());
    decoder.lookUp(used, embedded, pass);
    Rows input = decoder.inputDropout().forward(embedded, pass.child("targetDropout"));
    Rows last = pass.buffer("targetLast", initial.count(), initial.width());
    Rows states =
        decoder.layers().forward(target, input, initial, last, pass.child(EncoderDecoder.DECODER));
    int[] owners = new int[target.totalRows()];
    for (int row = 0; row < owners.length; row++) {
      owners[row] = pair.sourceOf()[target.rankOfRow(row)];
    }
    return decoder
        .attention()
        .forward(memory, states, owners, pass.child(EncoderDecoder.ATTENTION));
  }

  @Override
  public Rows backward(PairBatch pair, Memory memory, Rows dStates, Pass pass) {
    SequenceBatch target = pair.target();
    Rows dOwn = decoder.attention().backward(memory, dStates, pass.child(EncoderDecoder.ATTENTION));
    int size = decoder.layers().stateSize();
    Rows dLast = pass.zeros("dTargetLast", target.sequences(), size);
    Rows dInitial = pass.buffer("dTargetInitial", target.sequences(), size);
    Rows dInput =
        decoder
            .layers()
            .backward(target, dOwn, dLast, dInitial, pass.child(EncoderDecoder.DECODER));
    Rows dEmbedded = decoder.inputDropout().backward(dInput, pass.child("targetDropout"));
    decoder.lookUpBack(target.ids(PairBatch.INPUT), dEmbedded, pass);
    return dInitial;
  }
}
