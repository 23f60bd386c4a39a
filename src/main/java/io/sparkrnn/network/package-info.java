/** Networks made of layers, and their descriptions: settings and input columns → network. */
package io.sparkrnn.network;
