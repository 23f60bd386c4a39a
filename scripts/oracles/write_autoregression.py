"""Writes what statsmodels computes of the yearly sunspots, for the tests of io.sparkrnn.statistics.

Needs statsmodels beside requirements.txt:
    python scripts/oracles/write_autoregression.py > src/test/resources/statistics/autoregression_statsmodels.json
"""

import csv
import json

import numpy as np
import statsmodels
from statsmodels.stats.diagnostic import acorr_ljungbox, het_arch
from statsmodels.stats.stattools import jarque_bera
from statsmodels.tsa.ar_model import AutoReg
from statsmodels.tsa.stattools import acf

with open("data/sunspots-yearly.csv") as file:
    y = np.array([float(row["value"]) for row in csv.DictReader(file)])

golden = {"statsmodels": statsmodels.__version__}
for name, trend in (("with", "c"), ("without", "n")):
    fit = AutoReg(y, 9, trend=trend).fit()
    golden[f"autoreg.{name}"] = {
        "params": list(fit.params),
        "logLikelihood": fit.llf,
        "aic": fit.aic,
        "aicc": fit.aicc,
        "bic": fit.bic,
        "hqic": fit.hqic,
        "fpe": fit.fpe,
        "moduli": sorted(abs(np.atleast_1d(fit.roots))),
    }

residuals = AutoReg(y, 9, trend="c").fit().resid
statistic, p_value, _, _ = jarque_bera(residuals)
golden["jarqueBera"] = [statistic, p_value]
for lags in (1, 5, 12):
    golden[f"arch.{lags}"] = list(het_arch(residuals, nlags=lags)[:2])
box = acorr_ljungbox(residuals, lags=[5, 12], model_df=0)
golden["ljungBox"] = box["lb_stat"].tolist() + box["lb_pvalue"].tolist()
values, bounds = acf(y, nlags=20, fft=False, alpha=0.05, bartlett_confint=True)
golden["acf"] = list(values)
golden["bartlett"] = list(bounds[:, 1] - values)

# Innovation variances of the orders 0 to 16 on the rows that all of them can use.
common = []
for order in range(17):
    rows = len(y) - 16
    x = np.column_stack([np.ones(rows)] + [y[16 - k : len(y) - k] for k in range(1, order + 1)])
    beta = np.linalg.lstsq(x, y[16:], rcond=None)[0]
    common.append(float(np.mean((y[16:] - x @ beta) ** 2)))
golden["commonSample"] = common
print(json.dumps(golden, indent=1))
