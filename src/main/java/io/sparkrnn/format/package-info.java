/**
 * Pure parsers of streams and codecs, with no Spark and no file system: UEA {@code .ts}, CoNLL-U
 * and safetensors. A parser is given a stream and the name its errors shall carry.
 */
package io.sparkrnn.format;
