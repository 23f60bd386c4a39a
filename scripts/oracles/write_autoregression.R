# Numbers of R on the yearly sunspots, for the tests of io.sparkrnn.statistics. Base R alone:
#   Rscript scripts/oracles/write_autoregression.R > src/test/resources/statistics/autoregression_r.json
y <- read.csv("data/sunspots-yearly.csv")$value
numbers <- function(x) paste0("[", paste(formatC(as.numeric(x), digits = 17, format = "g"), collapse = ", "), "]")
entries <- character()
put <- function(name, x) entries <<- c(entries, sprintf('  "%s": %s', name, numbers(x)))

# Conditional least squares with and without intercept: coefficients, errors, t, p; log-likelihood, AIC, BIC.
X <- embed(y, 10)
for (model in c("with", "without")) {
  fit <- if (model == "with") lm(X[, 1] ~ X[, -1]) else lm(X[, 1] ~ X[, -1] - 1)
  put(paste0("lm.", model), t(summary(fit)$coefficients))
  put(paste0("lm.", model, ".criteria"), c(logLik(fit), AIC(fit), BIC(fit), summary(fit)$sigma, sum(resid(fit)^2)))
}

# Yule-Walker, Burg: variances of both kinds, errors of coefficients, forecasts and their errors.
for (method in c("yule-walker", "burg")) {
  fit <- ar(y, aic = FALSE, order.max = 9, method = method)
  put(paste0(method, ".errors"), sqrt(diag(fit$asy.var.coef)))
  forecast <- predict(fit, n.ahead = 12)
  put(paste0(method, ".forecast"), forecast$pred)
  put(paste0(method, ".forecast.errors"), forecast$se)
}
burg <- ar(y, aic = FALSE, order.max = 9, method = "burg", var.method = 2)
put("burg.variance.of.errors", burg$var.pred)
for (name in c("yule-walker", "burg", "ols")) {
  fit <- if (name == "ols") ar(y, method = name, demean = FALSE, intercept = FALSE)
         else ar(y, method = name, demean = FALSE)
  put(paste0(name, ".without.mean"), c(fit$order, fit$var.pred, fit$ar))
  # Differences of AIC to the best order.
  put(paste0(name, ".without.mean.aic"), fit$aic)
}
ols <- ar(y, method = "ols")
put("ols.aic", ols$aic)
put("ols.errors", c(ols$asy.se.coef$x.mean, ols$asy.se.coef$ar))
phi <- drop(ar(y, aic = FALSE, order.max = 9, method = "ols")$ar)
roots <- polyroot(c(1, -phi))
put("ols.moduli", sort(Mod(roots)))
put("psi", c(1, ARMAtoMA(ar = phi, lag.max = 15)))

residuals <- resid(lm(X[, 1] ~ X[, -1]))
for (lag in c(10, 20)) {
  test <- Box.test(residuals, lag = lag, type = "Ljung-Box", fitdf = 9)
  put(paste0("ljung.box.", lag), c(test$statistic, test$parameter, test$p.value))
}
put("normal.quantiles", qnorm(c(0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.995, 1e-6)))
cat("{\n", paste(entries, collapse = ",\n"), "\n}\n", sep = "")
